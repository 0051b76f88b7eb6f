import type { SecretKind } from '../../contract/index.ts';
import { formParameters, parameterOnly, secretKindOf } from '../../contract/index.ts';

/** A secret where it stands: `[start, end)` of the text that was searched, `value` decoded. */
export interface Found {
  kind: SecretKind;
  value: string;
  start: number;
  end: number;
  /** It stood as a bare JSON number: what replaces it needs quotes of its own. */
  bare?: true;
  /** Only known from within another secret: to be learned, not masked at this place. */
  within?: true;
}

/** What is known of the text that is searched. */
export interface Place {
  /** One character a byte (see contract/exchange.ts), or text. */
  bytes: boolean;
  /** `head` and `form` and `url` are read as what they are; `body` and `text` are searched. */
  role: 'head' | 'form' | 'url' | 'body' | 'text';
  /** Sent by us or to our redirect URI: there a JSON member `code` is an authorization code, in an answer it is an error's number. */
  request: boolean;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text a byte string encodes, or itself where it is not UTF-8. */
export function textOf(raw: string, bytes: boolean): string {
  if (!bytes || !/[\u0080-\u00ff]/.test(raw) || /[^\u0000-\u00ff]/.test(raw)) return raw;
  try {
    return utf8.decode(Uint8Array.from(raw, (c) => c.charCodeAt(0)));
  } catch {
    return raw;
  }
}

/** The secrets among the `name=value` pairs of a form body, query or fragment that begins at `offset` of the text searched. */
export function pairsIn(form: string, offset: number, bytes: boolean): Found[] {
  const found: Found[] = [];
  for (const { name, rawValue, end } of formParameters(form)) {
    const kind = secretKindOf(name);
    if (kind === undefined || rawValue === '') continue;
    const [value] = formParameters(`=${textOf(rawValue, bytes)}`);
    found.push({ kind, value: value?.value ?? rawValue, start: offset + end - rawValue.length, end: offset + end });
  }
  return found;
}

/** The secrets in query and fragment of a URL or request target. */
export function urlPairsIn(url: string, offset: number, bytes: boolean): Found[] {
  const hash = url.indexOf('#');
  const bare = hash === -1 ? url : url.slice(0, hash);
  const question = bare.indexOf('?');
  return [
    ...(question === -1 ? [] : pairsIn(bare.slice(question + 1), offset + question + 1, bytes)),
    ...(hash === -1 ? [] : pairsIn(url.slice(hash + 1), offset + hash + 1, bytes)),
  ];
}

/** The kind of a JSON member or of `name=value` in running text, where words such as `code` have other meanings too. */
export function memberKindOf(name: string, request: boolean): SecretKind | undefined {
  return !request && parameterOnly.has(name.toLowerCase()) ? undefined : secretKindOf(name);
}
