import { isObject, outlineOfJson, parseJson } from './json.ts';
import { segmentsOf } from '../marker.ts';

/**
 * A token as it can be read without any key. Nothing here is verified: anybody can have written it.
 * *jws* has three parts, *jwe* five (only its header can be read); anything else is *opaque* to us.
 */
export interface DecodedJwt {
  kind: 'jws' | 'jwe' | 'opaque';
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  /** Claims that are no JSON object, as text. */
  payload?: string;
  /** What is wrong with it, one sentence; absent where nothing is. */
  problem?: string;
  /** Names that stand more than once in the header or the claims; the last one is shown. */
  duplicates: string[];
}

/** Characters of one token that are read; real ones stay below 100,000. */
export const JWT_LIMIT = 20_000_000;

/**
 * Decodes a compact JWS or the header of a compact JWE, tolerantly: what can be read is given, what cannot is said. Never throws,
 * checks no signature, fetches nothing. Takes masked tokens too, whose signature is a marker.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-7.1
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-7.1
 */
export function decodeJwt(token: string): DecodedJwt {
  if (token.length > JWT_LIMIT) return { kind: 'opaque', duplicates: [], problem: `The token has ${token.length} characters and was not read.` };
  const parts = token.trim().split('.', 7);
  if (parts.length === 1) return { kind: 'opaque', duplicates: [] };
  const first = readPart(parts[0] as string);
  if (!isObject(first.value)) {
    return token.startsWith('ey') && parts.length === 3
      ? { kind: 'jws', duplicates: [], problem: `The header cannot be read: ${first.problem ?? 'it is no JSON object'}.` }
      : { kind: 'opaque', duplicates: [] };
  }
  const header = first.value;
  if (parts.length === 5) return { kind: 'jwe', header, duplicates: first.duplicates };
  return withClaims(header, first.duplicates, parts);
}

function withClaims(header: Record<string, unknown>, duplicates: string[], parts: string[]): DecodedJwt {
  const second = readPart(parts[1] as string);
  const problems = [
    parts.length === 3 ? undefined : `it has ${parts.length === 7 ? 'more than six' : parts.length} parts where a signed token has three and an encrypted one five`,
    isObject(second.value) ? undefined : `the claims cannot be read: ${second.problem ?? 'they are no JSON object'}`,
    typeof header['alg'] === 'string' ? undefined : 'the header names no alg',
    parts.length === 3 && parts[2] === '' ? 'it has no signature' : undefined,
    header['crit'] === undefined ? undefined : `the header demands extensions (crit${Array.isArray(header['crit']) ? `: ${header['crit'].filter((name) => typeof name === 'string').join(', ').slice(0, 200)}` : ''})`,
  ].filter((problem) => problem !== undefined);
  return {
    kind: 'jws',
    header,
    ...(isObject(second.value) ? { claims: second.value } : second.text !== undefined && { payload: second.text }),
    ...(problems.length > 0 && { problem: `${problems.join('; ').replace(/^./, (letter) => letter.toUpperCase())}.` }),
    duplicates: [...new Set([...duplicates, ...second.duplicates])],
  };
}

interface Part { value: unknown; text?: string; duplicates: string[]; problem?: string }

function readPart(encoded: string): Part {
  if (segmentsOf(encoded).some((segment) => 'marker' in segment)) return { value: undefined, duplicates: [], problem: 'it is masked' };
  const text = decodeBase64url(encoded);
  if (text === null) return { value: undefined, duplicates: [], problem: 'it is not base64url' };
  const value = parseJson(text);
  return value === undefined
    ? { value, text, duplicates: [], problem: 'it is not JSON' }
    : { value, text, duplicates: outlineOfJson(text).duplicates };
}

/** Base64url (or, tolerantly, base64 with padding) as the UTF-8 text in it; `null` where it is neither. */
export function decodeBase64url(encoded: string): string | null {
  const plain = encoded.replaceAll('-', '+').replaceAll('_', '/').replace(/={1,2}$/, '');
  if (plain === '' || plain.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(plain)) return null;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(plain), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}
