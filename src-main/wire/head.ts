import type { Header } from '../contract/index.ts';
import { messageParts } from '../contract/index.ts';

export interface AnswerHead {
  /** 0 where what came is not HTTP. */
  status: number;
  reason: string;
  /** Bytes up to and with the blank line of the final answer, interim ones (1xx) before it included. */
  length: number;
  /** Of the final answer. */
  headers: readonly Header[];
}

/**
 * Finds the head of the final answer in the bytes that came.
 *
 * @param raw everything received, one character a byte
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.2
 */
export function headOfAnswer(raw: string): AnswerHead {
  const { startLine, head, headers } = messageParts(raw);
  const line = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?/.exec(startLine);
  if (!line) return { status: 0, reason: '', length: 0, headers: [] };
  return { status: Number(line[1]), reason: line[2] ?? '', length: head.length, headers };
}

/** The members of a list header, all its lines together, in lower case. */
export function listOf(headers: readonly Header[], name: string): string[] {
  return headers.filter((header) => header.name.toLowerCase() === name)
    .flatMap((header) => header.value.toLowerCase().split(',')).map((member) => member.trim()).filter((member) => member !== '');
}
