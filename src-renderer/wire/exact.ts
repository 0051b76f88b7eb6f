import type { Bytes } from '../../src-main/contract/exchange.ts';
import { utf8Of } from '../../src-main/contract/read/http.ts';

/**
 * Bytes as text in which nothing is invisible: line ends as ␍␊ before the line break, other control characters by their picture.
 * Directional controls, which could reorder what is read, become U+FFFD-like pictures too.
 */
export function exactText(bytes: Bytes): string {
  return utf8Of(bytes)
    .replaceAll('\r\n', '␍␊\n')
    .replace(/\r/g, '␍')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/\u007f/g, '␡')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (control) => `⟨U+${control.charCodeAt(0).toString(16).toUpperCase()}⟩`);
}
