import type { Bytes } from '../../contract/index.ts';
import { withoutMarkerCharacters } from '../../contract/index.ts';

const ENCODED = /%EE%83%B[01]|\\ue0f[01]/gi;
const UTF8 = /\u00ee\u0083[\u00b0\u00b1]/g;

/**
 * Takes marker delimiters out of text from outside: the characters, their percent-encoding and JSON escape (a reader in the
 * window decodes both), and in byte strings their UTF-8. Each becomes U+FFFD in the same spelling, so the length stays.
 */
export function withoutForgedMarkers(text: string, bytes: boolean): string {
  const plain = withoutMarkerCharacters(text).replace(ENCODED, (found) => (found.startsWith('%') ? '%EF%BF%BD' : String.raw`\ufffd`));
  return bytes ? (plain.replace(UTF8, '\u00ef\u00bf\u00bd') satisfies Bytes) : plain;
}
