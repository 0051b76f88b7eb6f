import { literalText } from '../../src-main/contract/read/json-lines.ts';
import type { DecodedJwt } from '../../src-main/contract/read/jwt.ts';
import { decodeJwt } from '../../src-main/contract/read/jwt.ts';
import type { Readable } from './readable.ts';

/** A JWT of a message with what it says; a masked signature is not held against it. */
export interface SignedValue {
  /** The parameter, header or JSON member it stands in, as written. */
  name: string;
  /** As it came, masked. */
  token: string;
  jwt: DecodedJwt;
}

/** JWTs of one message that are shown. */
export const SIGNED_LIMIT = 20;
const LOOKS_SIGNED = /^ey[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*\./;

/**
 * Every JWT in a message, in the order they stand: in a parameter, in a header (a DPoP proof; a token after Bearer or DPoP), in a
 * string of a JSON body, or the body itself (a signed UserInfo or introspection answer).
 */
export function signedValuesOf({ query, headers, body }: Readable): SignedValue[] {
  const found: SignedValue[] = [];
  const look = (name: string, value: string): void => {
    if (found.length >= SIGNED_LIMIT || !LOOKS_SIGNED.test(value)) return;
    const jwt = decodeJwt(value);
    if (jwt.header && !found.some(({ token }) => token === value)) found.push({ name, token: value, jwt });
  };
  for (const { name, value } of query) look(name, value);
  for (const { name, value } of headers) look(name, value.replace(/^(?:bearer|dpop) +/i, ''));
  if (body.kind === 'form') for (const { name, value } of body.parameters) look(name, value);
  else if (body.kind === 'json') for (const { key, text } of body.lines) if (text.startsWith('"ey')) look(key === undefined ? 'element' : literalText(key), literalText(text));
  if (body.kind === 'text') look('body', body.text.trim());
  return found;
}
