import type { Bytes, Exchange, Problem, Result } from '../contract/index.ts';
import { fail, ok } from '../contract/index.ts';

/** A recorded request in the parts a command has to repeat. */
export interface RecordedRequest {
  method: string;
  target: Bytes;
  version: '1.0' | '1.1';
  /** Scheme and authority of the connection, e.g. `https://as.example:8443`. */
  origin: string;
  /** Header lines as sent, without the line end. */
  headers: { name: string; rest: Bytes }[];
  /** Without chunk framing. */
  body: Bytes;
}

const refusal = (why: string, next?: string): { ok: false; problem: Problem } => fail({
  code: 'not-exportable', message: 'This request cannot be written as a curl command that sends the same bytes.', why, ...(next !== undefined && { next }),
});
export { refusal };

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Reads a recorded request strictly: what curl could only send differently is refused, never repaired.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3
 */
export function readRecorded(exchange: Pick<Exchange, 'request' | 'url'>): Result<RecordedRequest> {
  const end = exchange.request.indexOf('\r\n\r\n');
  if (end === -1) return refusal('The recorded request has no complete head: it was cut off before it was sent.');
  const [startLine = '', ...lines] = exchange.request.slice(0, end).split('\r\n');
  const start = /^(\S+) ([^\r\n\0]+) HTTP\/(1\.[01])$/.exec(startLine);
  if (!start || !TOKEN.test(start[1] as string)) return refusal('The request line is not an HTTP/1 request line.');
  const origin = originOf(exchange.url);
  if (origin === null) return refusal('The address is not an http(s) URL.');
  const headers: RecordedRequest['headers'] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line)) return refusal('A header is folded over two lines; curl sends each header on one.');
    if (/[\0\r\n]/.test(line)) return refusal('A header holds a NUL or a bare line break.');
    const colon = line.indexOf(':');
    if (!TOKEN.test(line.slice(0, Math.max(colon, 0)))) return refusal('A header line has no valid name.');
    headers.push({ name: line.slice(0, colon), rest: line.slice(colon + 1) });
  }
  const body = unframed(exchange.request.slice(end + 4), headers);
  if (body === null) return refusal('The body was sent in several chunks; curl chooses chunk sizes of its own.');
  const [method, target, version] = [start[1] as string, start[2] as string, start[3] as '1.0' | '1.1'];
  if (method === 'HEAD' && body !== '') return refusal('curl sends no body with HEAD.');
  return ok({ method, target, version, origin, headers, body });
}

function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && host !== '' ? `${protocol}//${host}` : null;
}

/** The body curl has to be given: one chunk is framed by curl as it was, several would not be. */
function unframed(body: Bytes, headers: RecordedRequest['headers']): Bytes | null {
  if (!headers.some(({ name }) => name.toLowerCase() === 'transfer-encoding')) return body;
  const size = /^([0-9a-f]+)\r\n/.exec(body);
  if (!size) return null;
  const [from, length] = [size[0].length, Number.parseInt(size[1] as string, 16)];
  return length > 0 && length <= 60_000 && length.toString(16) === size[1] && body.slice(from + length) === '\r\n0\r\n\r\n' ? body.slice(from, from + length) : null;
}
