import type { Bytes, Exchange } from '../exchange.ts';

export interface Header { name: string; value: string }

/** One parameter as it stood on the wire and decoded. `start`/`end` are offsets of the raw `name=value` pair in the text it was read from. */
export interface Parameter { name: string; value: string; rawName: string; rawValue: string; start: number; end: number }

/** A request or response as read from its bytes. `head` includes the blank line. */
export interface MessageParts { startLine: string; headers: Header[]; head: Bytes; body: Bytes }

/**
 * Splits a message at its blank line and reads the header lines as they are (name case and order kept, value trimmed of
 * optional white space, obsolete folding joined with one space). Interim answers (1xx) before a final one belong to `head`;
 * start line and headers are those of the final one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-5
 */
export function messageParts(bytes: Bytes): MessageParts {
  const from = interimLength(bytes);
  const end = bytes.indexOf('\r\n\r\n', from);
  const head = end === -1 ? bytes : bytes.slice(0, end + 4);
  const [startLine = '', ...lines] = bytes.slice(from, end === -1 ? undefined : end).split('\r\n');
  const headers: Header[] = [];
  for (const line of lines) {
    const previous = headers.at(-1);
    if (/^[ \t]/.test(line) && previous) {
      previous.value = `${previous.value} ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0) headers.push({ name: line.slice(0, colon), value: line.slice(colon + 1).trim() });
  }
  return { startLine, headers, head, body: bytes.slice(head.length) };
}

/** Bytes of the interim answers (RFC 9110 §15.2) that stand before something else; 101 is no interim answer. */
function interimLength(bytes: Bytes): number {
  const interim = /HTTP\/1\.[01] 1(?!01)\d\d[ \r]/y;
  let from = 0;
  for (;;) {
    interim.lastIndex = from;
    const end = interim.test(bytes) ? bytes.indexOf('\r\n\r\n', from) : -1;
    if (end === -1 || end + 4 >= bytes.length) return from;
    from = end + 4;
  }
}

/** The first value of a header, name compared without case; `undefined` where it is not there. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find((header) => header.name.toLowerCase() === wanted)?.value;
}

/** Bytes as the UTF-8 text they encode; bytes that are not UTF-8 become U+FFFD. A byte order mark stays. */
export function utf8Of(bytes: Bytes): string {
  if (!/[\u0080-\uffff]/.test(bytes)) return bytes;
  // Masked text holds markers above U+00FF: decode only the runs of bytes between them.
  return bytes.replace(/[\u0080-\u00ff]+/g, (run) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(run, (c) => c.charCodeAt(0))));
}

/** UTF-8 bytes of a text, one character a byte. */
export function bytesOf(text: string): Bytes {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** Decodes one form component: `+` is a space, percent sequences are UTF-8; a broken sequence stays as it is. Never throws. */
export function decodeFormComponent(raw: string): string {
  if (!raw.includes('%') && !raw.includes('+')) return raw;
  const spaced = raw.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}

/**
 * Reads `application/x-www-form-urlencoded` text, in order, duplicates kept.
 *
 * @see https://url.spec.whatwg.org/#urlencoded-parsing
 */
export function formParameters(text: string): Parameter[] {
  const parameters: Parameter[] = [];
  let start = 0;
  for (const pair of text.split('&')) {
    const end = start + pair.length;
    if (pair !== '') {
      const equals = pair.indexOf('=');
      const rawName = equals === -1 ? pair : pair.slice(0, equals);
      const rawValue = equals === -1 ? '' : pair.slice(equals + 1);
      parameters.push({ name: decodeFormComponent(rawName), value: decodeFormComponent(rawValue), rawName, rawValue, start, end });
    }
    start = end + 1;
  }
  return parameters;
}

/** The query parameters of a URL or request target, without its fragment. */
export function queryParameters(target: string): Parameter[] {
  const hash = target.indexOf('#');
  const bare = hash === -1 ? target : target.slice(0, hash);
  const question = bare.indexOf('?');
  return question === -1 ? [] : formParameters(bare.slice(question + 1));
}

/** The form body of a recorded request; empty where it has none. */
export function requestParameters(exchange: Pick<Exchange, 'request'>): Parameter[] {
  return formParameters(utf8Of(messageParts(exchange.request).body));
}

/** The value of the first parameter of that name. */
export function valueOf(parameters: readonly { name: string; value: string }[], name: string): string | undefined {
  return parameters.find((parameter) => parameter.name === name)?.value;
}
