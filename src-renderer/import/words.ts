import type { ImportPreview } from '../../src-main/contract/import.ts';
import { instant } from '../format/time.ts';

export const kindWords: Record<ImportPreview['kind'], string> = {
  har: 'HAR file', curl: 'curl command', powershell: 'PowerShell command', http: 'HTTP messages',
};

const secretWords: Readonly<Record<string, string>> = {
  access_token: 'access token', refresh_token: 'refresh token', id_token: 'ID token', client_secret: 'client secret', client_assertion: 'client assertion',
  authorization_code: 'authorization code', code_verifier: 'code verifier', cookie: 'cookies', authorization: 'Authorization header',
  'proxy-authorization': 'Proxy-Authorization header', password: 'password', device_code: 'device code', other: 'other secrets',
};

/** The kinds of secrets in a text as one line: `client secret, refresh token and cookies`. */
export function secretsText(kinds: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format([...new Set(kinds.map((kind) => secretWords[kind] ?? kind))]);
}

/** From the first to the last request; null where the text holds no times. */
export function timesText({ from, to }: Pick<ImportPreview, 'from' | 'to'>): string | null {
  if (from === null || to === null) return null;
  const [first, last] = [instant(from), instant(to)];
  if (first === null || last === null) return null;
  const seconds = Math.round((to - from) / 1000);
  return seconds === 0 ? first.local : `${first.local}, over ${seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}`;
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** The place a problem names as a range of the text, to put the cursor there. */
export function placeIn(text: string, field: string | undefined): number | null {
  const character = /^character (\d+)$/.exec(field ?? '')?.[1];
  if (character !== undefined) return Math.min(text.length, Number(character) - 1);
  const line = /^line (\d+)$/.exec(field ?? '')?.[1];
  if (line === undefined) return null;
  let at = 0;
  for (let number = 1; number < Number(line); number += 1) {
    const end = text.indexOf('\n', at);
    if (end === -1) return null;
    at = end + 1;
  }
  return at;
}
