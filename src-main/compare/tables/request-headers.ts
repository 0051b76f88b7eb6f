import type { Judged, Seen, Spec } from '../rows/line.ts';
import { byNature, fresh, ofRegistration, outward, telling, unnamed } from './spec.ts';
import { groupsOf, because, contrast } from '../rows/sentence.ts';

/** The scheme is what is compared; the credential behind it only where it is one that stays the same. */
function authorization(seen: Seen): Judged | undefined {
  const schemes = groupsOf(seen, ({ text }) => schemeOf(text));
  if (schemes.length > 1) return { difference: 'meaningful', reason: because(contrast(seen), 'servers accept the method a client is registered for'), section: 'RFC 6749 §2.3' };
  return schemeOf(schemes[0]?.fact.text ?? '') === 'basic' ? ofRegistration(seen) : seen.cells.every(({ fact }) => fact !== null) ? { difference: seen.found === 'same' ? null : 'expected' } : undefined;
}

const schemeOf = (text: string): string => (/^[\w-]+/.exec(text)?.[0] ?? '').toLowerCase();

const table: Readonly<Record<string, Spec>> = {
  authorization: telling('identity', { why: 'the client, or the token, is proved by it', section: 'RFC 6749 §2.3.1', topics: ['client-auth', 'parameter'], judge: authorization }),
  'content-type': telling('value', { why: 'token endpoints read only application/x-www-form-urlencoded', section: 'RFC 6749 §4.1.3', topics: ['format'] }),
  dpop: fresh({ why: 'a token bound to a key needs a proof with each request', section: 'RFC 9449 §4.1', topics: ['proof'] }),
  accept: telling('value', { why: 'some servers answer in another format without it', section: 'RFC 9110 §12.5.1', topics: ['format'] }),
  origin: telling('value', { why: 'servers treat a request with an Origin as one from a page in a browser', section: 'RFC 6454 §7', topics: ['client-auth', 'format'] }),
  host: byNature(), 'user-agent': byNature(), 'content-length': byNature(), connection: outward(), 'accept-encoding': outward(), 'accept-language': byNature(),
  referer: byNature(), cookie: byNature('presence'), 'cache-control': outward(), pragma: outward(), 'keep-alive': outward(), 'transfer-encoding': outward(),
  date: byNature(), priority: outward(), te: outward(), traceparent: byNature(), tracestate: byNature(), 'postman-token': byNature(), dnt: outward(),
};

const other = unnamed('value', { why: 'no specification asks for this header, but a gateway may', topics: ['parameter'] });

/** How a request header is compared. */
export function requestHeaderSpec(name: string): Spec {
  if (Object.hasOwn(table, name)) return table[name] as Spec;
  return /^(?:sec-|x-request|x-correlation|x-forwarded|:)/.test(name) ? byNature() : other;
}
export const REQUEST_HEADERS = Object.keys(table);
