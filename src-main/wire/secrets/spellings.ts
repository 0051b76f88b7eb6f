import type { SecretKind } from '../../contract/index.ts';
import { bytesOf } from '../../contract/index.ts';
import { isPublicWord } from './names.ts';

/** A string that gives a secret away. */
export interface Spelling {
  text: string;
  /** Characters at its beginning that may be shown (header and claims of a JWT). */
  shown: number;
  /** One more character on each side holds some of its bits (base64 at another alignment). */
  widen: boolean;
}

/** Shorter secrets are masked in their own place only: they would take ordinary words out of every text. */
export const EVERYWHERE_FROM = 6;
// Cookies are often plain settings (theme=light, region=europe); only long values are credentials.
const COOKIES_EVERYWHERE_FROM = 12;

export function isMaskedEverywhere(kind: SecretKind, value: string): boolean {
  return value.length >= (kind === 'cookie' ? COOKIES_EVERYWHERE_FROM : EVERYWHERE_FROM) && !isPublicWord(value);
}

/**
 * What to look for in the views of a text: the secret as text and as UTF-8 bytes, as hex, and as base64 and base64url at each
 * of the three alignments it can have inside longer data. Percent, JSON and HTML encodings are the views' business.
 *
 * @param shown see {@link Spelling}
 */
export function spellingsOf(kind: SecretKind, value: string, shown: number): Spelling[] {
  const bytes = bytesOf(value);
  const spellings: Spelling[] = [{ text: value, shown, widen: false }];
  if (bytes !== value) spellings.push({ text: bytes, shown, widen: false });
  // A Basic credential is base64 already, and a longer text is not base64-encoded again in a protocol message.
  if (kind === 'authorization' || shown > 0) return spellings;
  const hex = Buffer.from(bytes, 'latin1').toString('hex');
  spellings.push({ text: hex, shown: 0, widen: false }, { text: hex.toUpperCase(), shown: 0, widen: false });
  for (let lead = 0; lead < 3; lead += 1) {
    const encoded = Buffer.concat([Buffer.alloc(lead), Buffer.from(bytes, 'latin1')]).toString('base64');
    const inner = encoded.slice(Math.ceil((lead * 8) / 6), Math.floor(((lead + bytes.length) * 8) / 6));
    if (inner.length < EVERYWHERE_FROM) continue;
    spellings.push({ text: inner, shown: 0, widen: true });
    const url = inner.replaceAll('+', '-').replaceAll('/', '_');
    if (url !== inner) spellings.push({ text: url, shown: 0, widen: true });
  }
  return spellings;
}
