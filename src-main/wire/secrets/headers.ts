import type { SecretKind } from '../../contract/index.ts';
import { decodeFormComponent, secretKindOf } from '../../contract/index.ts';
import type { Found } from './found.ts';
import { textOf, urlPairsIn } from './found.ts';

const urlHeaders = new Set(['location', 'content-location', 'referer', 'refresh', 'link']);

/** The secrets in the head of a message: start line and header lines, folded ones included. */
export function headSecrets(head: string): Found[] {
  const found: Found[] = [];
  const startLine = /^[^\r\n]*/.exec(head)?.[0] ?? '';
  if (!startLine.startsWith('HTTP/')) {
    const space = startLine.indexOf(' ');
    const target = startLine.slice(space + 1).replace(/ HTTP\/[\d.]+$/, '');
    found.push(...urlPairsIn(target, space + 1, true));
  }
  // A header line with its continuations (obsolete folding); bare LF too, for servers that send it.
  for (const match of head.matchAll(/(?<=\n)([^\s:][^:\r\n]*):[ \t]*((?:[^\r\n]|\r?\n[ \t])*)/g)) {
    const [line, name = '', value = ''] = match;
    found.push(...headerSecrets(name.trim().toLowerCase(), value.trimEnd(), match.index + line.length - value.length));
  }
  return found;
}

function headerSecrets(name: string, value: string, at: number): Found[] {
  if (value === '') return [];
  if (name === 'authorization' || name === 'proxy-authorization') return credentials(value, at);
  if (name === 'cookie') return cookies(value, at);
  if (name === 'set-cookie' || name === 'set-cookie2') return cookies(value.split(';')[0] ?? '', at);
  if (urlHeaders.has(name)) return urlPairsIn(value, at, true);
  const kind = secretKindOf(name);
  return kind === undefined ? [] : [{ kind, value: textOf(value, true), start: at, end: at + value.length }];
}

/**
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2
 * @see https://www.rfc-editor.org/rfc/rfc7617
 */
export function credentials(value: string, at: number): Found[] {
  const [, lead = '', scheme = '', raw = ''] = /^(([^\s]+)\s+)([\s\S]+)$/.exec(value) ?? [];
  const whole = raw === '' ? { raw: value, start: at } : { raw, start: at + lead.length };
  const kind: SecretKind = /^(?:bearer|dpop)$/i.test(scheme) ? 'access_token' : 'authorization';
  const found: Found = { kind, value: textOf(whole.raw, true), start: whole.start, end: whole.start + whole.raw.length };
  return /^basic$/i.test(scheme) ? [found, ...basicSecrets(raw, found)] : [found];
}

/** The password of a Basic credential, as it stands and form-decoded (RFC 6749 §2.3.1 wants it encoded, many clients do not). */
function basicSecrets(credential: string, { start, end }: Found): Found[] {
  const pair = Buffer.from(credential, 'base64').toString('latin1');
  const colon = pair.indexOf(':');
  if (colon === -1 || colon === pair.length - 1) return [];
  const raw = textOf(pair.slice(colon + 1), true);
  return [...new Set([decodeFormComponent(raw), raw])].map((value) => ({ kind: 'client_secret' as const, value, start, end, within: true }));
}

function cookies(value: string, at: number): Found[] {
  const found: Found[] = [];
  let start = at;
  for (const pair of value.split(';')) {
    const from = pair.indexOf('=') + 1;
    const trimmed = pair.slice(from).trim();
    const raw = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
    const position = start + from + pair.slice(from).indexOf(raw);
    // A cookie without a name is all value (RFC 6265bis).
    if (raw !== '') found.push({ kind: 'cookie', value: textOf(raw, true), start: position, end: position + raw.length });
    start += pair.length + 1;
  }
  return found;
}
