import { headerOf, messageParts } from '../contract/index.ts';

export interface AnswerHead {
  /** 0 where what came is not HTTP. */
  status: number;
  reason: string;
  /** Bytes up to and with the blank line of the final answer, interim ones (1xx) before it included. */
  length: number;
  contentEncoding: string;
}

/**
 * Finds the head of the final answer in the bytes that came.
 *
 * @param raw everything received, one character a byte
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.2
 */
export function headOfAnswer(raw: string): AnswerHead {
  let offset = 0;
  for (;;) {
    const status = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?\r?\n/.exec(raw.slice(offset, offset + 8192));
    if (!status) return { status: 0, reason: '', length: offset, contentEncoding: '' };
    const { head, headers } = messageParts(raw.slice(offset));
    offset += head.length;
    const code = Number(status[1]);
    if (code >= 200 || code === 101 || offset >= raw.length) {
      return { status: code, reason: status[2] ?? '', length: offset, contentEncoding: headerOf(headers, 'content-encoding') ?? '' };
    }
  }
}
