import type { AnswerHead } from './head.ts';
import { listOf } from './head.ts';

/**
 * The body as it stood between the head and the end of the message, chunk framing taken off, transfer codings other than
 * `chunked` still on. Reads what is there: of an answer that broke off, the part that came.
 *
 * @param raw everything received
 * @param method of the request: an answer to HEAD has no body whatever its headers say
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function framedBody(raw: Buffer, head: AnswerHead, method: string): Buffer {
  const rest = raw.subarray(head.length);
  if (head.status === 0) return rest;
  if (method === 'HEAD' || head.status < 200 || head.status === 204 || head.status === 304) return Buffer.alloc(0);
  const transfer = listOf(head.headers, 'transfer-encoding');
  if (transfer.at(-1) === 'chunked') return withoutChunks(rest);
  const length = listOf(head.headers, 'content-length')[0];
  if (transfer.length === 0 && length !== undefined && /^\d{1,15}$/.test(length)) return rest.subarray(0, Number(length));
  return rest;
}

/** Joins the data of chunks, up to the last one or to where the framing breaks. */
function withoutChunks(body: Buffer): Buffer {
  const data: Buffer[] = [];
  let offset = 0;
  while (offset < body.length) {
    const lineEnd = body.indexOf('\r\n', offset);
    const size = /^([0-9a-f]{1,12})[ \t]*(?:;|$)/i.exec(body.toString('latin1', offset, lineEnd === -1 ? offset : lineEnd))?.[1];
    if (size === undefined) break;
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    data.push(body.subarray(lineEnd + 2, lineEnd + 2 + length));
    offset = lineEnd + 2 + length + 2;
  }
  return Buffer.concat(data);
}
