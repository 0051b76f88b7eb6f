import type { Exchange, Purpose } from '../contract/exchange.ts';
import type { ImportedExchange } from './imported.ts';

/** An ordinary recorded exchange; its bytes are put together again, as the source holds no others. */
export function toExchange(imported: ImportedExchange, purpose: Purpose): Exchange {
  const url = new URL(imported.url);
  const named = (name: string): boolean => imported.headers.some((header) => header.name.toLowerCase() === name);
  const lines = (headers: readonly { name: string; value: string }[]): string => headers.map(({ name, value }) => `${name}: ${value}\r\n`).join('');
  const head = `${imported.method} ${url.pathname}${url.search} HTTP/1.1\r\n${named('host') ? '' : `Host: ${url.host}\r\n`}${lines(imported.headers)}\r\n`;
  const { response } = imported;
  const answerHead = response === null ? '' : `HTTP/1.1 ${response.status} ${response.reason}\r\n${lines(response.headers)}\r\n`;
  return {
    id: imported.id, purpose, method: imported.method, url: imported.url,
    request: bytesOnly(head) + imported.body,
    response: response === null ? null : {
      status: response.status, reason: response.reason, raw: bytesOnly(answerHead) + response.body, headLength: bytesOnly(answerHead).length, body: response.body, ...(response.cut && { cut: response.cut }),
    },
    times: { started: imported.started ?? 0, ended: imported.duration },
    connection: null, tls: null,
    failure: response === null ? { code: 'no-answer', message: imported.failure ?? 'The import holds no answer for this request.' } : null,
  };
}

/** Characters above U+00FF as their UTF-8 bytes; a binary string holds one byte a character. */
function bytesOnly(text: string): string {
  return text.replace(/[\u0100-\uffff]+/g, (run) => {
    let bytes = '';
    for (const byte of new TextEncoder().encode(run)) bytes += String.fromCharCode(byte);
    return bytes;
  });
}
