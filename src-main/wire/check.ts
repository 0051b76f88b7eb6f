import { WireFailure } from './failures.ts';

interface Checked {
  method: string;
  url: string;
  headers: readonly (readonly [string, string])[];
  body?: Uint8Array | string;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
 
const badHeaderValue = /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/;
/** They steer the connection, which is not the caller's. */
const notForCallers = new Set(['transfer-encoding', 'keep-alive', 'upgrade', 'expect']);

/**
 * Refuses, before a socket is opened, what could not be sent as one well-formed request. No refusal repeats a value.
 *
 * @throws {WireFailure} `invalid-url`, `invalid-method` or `invalid-header`, the latter with the header's name as its field
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
export function check(request: Checked): void {
  if (!URL.canParse(request.url) || !/^https?:$/.test(new URL(request.url).protocol)) throw new WireFailure('invalid-url', 'It is not an absolute http or https URL.');
  if (!token.test(request.method)) throw new WireFailure('invalid-method', 'It holds a character that may not stand in one.');
  if (request.method === 'CONNECT') throw new WireFailure('invalid-method', 'CONNECT asks for a tunnel, not for an answer.');
  const seen = new Set<string>();
  for (const [name, value] of request.headers) {
    if (!token.test(name)) throw new WireFailure('invalid-header', 'A header name is empty or holds a character that may not stand in one.');
    if (badHeaderValue.test(value)) throw new WireFailure('invalid-header', `The value of ${name} holds a line break, a control character or a character beyond Latin-1.`, name);
    checkFraming(name, value, seen, request.body);
  }
}

function checkFraming(name: string, value: string, seen: Set<string>, body: Checked['body']): void {
  const lower = name.toLowerCase();
  if (notForCallers.has(lower)) throw new WireFailure('invalid-header', `${name} is set by the connection itself.`, name);
  if (lower !== 'host' && lower !== 'content-length') return;
  if (seen.has(lower)) throw new WireFailure('invalid-header', `${name} may stand in a request once.`, name);
  seen.add(lower);
  if (lower === 'content-length' && value !== String(Buffer.byteLength(body ?? ''))) throw new WireFailure('invalid-header', `${name} is not the length of the body.`, name);
}
