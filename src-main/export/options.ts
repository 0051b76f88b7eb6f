import type { Bytes } from '../contract/index.ts';
import type { Hiding } from './hide.ts';
import type { Piece } from './pieces.ts';
import { literal } from './pieces.ts';
import type { RecordedRequest } from './recorded.ts';

/** One option of curl; `value` is absent for a switch. */
export interface CurlOption { name: string; value?: Piece[] }

/** Options that make curl do this one request and nothing else; `--disable` must stay first (it is what skips ~/.curlrc). */
export const switches = (version: RecordedRequest['version']): string[] =>
  ['--disable', '--silent', '--show-error', '--include', '--globoff', '--path-as-is', version === '1.0' ? '--http1.0' : '--http1.1'];

// What curl leaves as it is in a URL with --globoff and --path-as-is.
const URL_TARGET = /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/?[\]{}|]*$/;

/**
 * The options that repeat a request byte for byte.
 *
 * curl sends Host first and under that name; where it was sent otherwise, its own is taken out and ours goes with the rest.
 * Headers it would add by itself are taken out with an empty value.
 *
 * @see https://curl.se/docs/manpage.html#-H
 */
export function curlOptions(request: RecordedRequest, hider: Hiding): { options: CurlOption[]; body: Piece[]; warnings: string[] } {
  const { method, target, headers, body } = request;
  const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.rest.trim().toLowerCase();
  const options: CurlOption[] = [method === 'HEAD' ? { name: 'head' } : { name: 'request', value: literal(method) }];
  const pieces = hider.target(target);
  if (URL_TARGET.test(target)) options.push({ name: 'url', value: [...literal(request.origin), ...pieces] });
  else options.push({ name: 'request-target', value: pieces }, { name: 'url', value: literal(`${request.origin}/`) });
  const header = (text: Bytes): CurlOption => ({ name: 'header', value: literal(text) });
  const sent = new Set(headers.map(({ name }) => name.toLowerCase()));
  const [first] = headers;
  if (first?.name !== 'Host' || headers.filter(({ name }) => name.toLowerCase() === 'host').length !== 1) options.push(header('Host:'));
  for (const name of unwanted(body, sent)) options.push(header(`${name}:`));
  const warnings: string[] = [];
  for (const { name, rest } of headers) {
    if (rest.trim() === '') {
      options.push(header(`${name};`));
      if (rest !== '') warnings.push(`${name} was sent with white space and no value; curl sends it without the white space.`);
    } else options.push({ name: 'header', value: [...literal(`${name}:`), ...hider.header(name, rest)] });
  }
  // Compressed answers come out readable; with the header of the recording this adds nothing to the request.
  if (sent.has('accept-encoding')) options.push({ name: 'compressed' });
  return { options, body: body === '' ? [] : hider.body(body, type), warnings };
}

function unwanted(body: Bytes, sent: ReadonlySet<string>): string[] {
  const added = ['User-Agent', 'Accept', ...(body === '' ? [] : ['Content-Type'])];
  if (body !== '' && !sent.has('transfer-encoding')) added.push('Content-Length');
  // Before a longer body curl asks for leave with Expect.
  if (body.length >= 1000) added.push('Expect');
  return added.filter((name) => !sent.has(name.toLowerCase()));
}
