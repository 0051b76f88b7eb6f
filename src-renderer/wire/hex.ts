import type { Bytes } from '../../src-main/contract/exchange.ts';
import { segmentsOf } from '../../src-main/contract/marker.ts';

/** A line of a hex view. A byte of a masked secret is written `··`. */
export interface HexLine { offset: string; hex: string; text: string }

const HIDDEN = -1;

/** Bytes, those of masked secrets as `HIDDEN`. */
export function hexBytes(bytes: Bytes): Int16Array {
  const parts = segmentsOf(bytes);
  const length = parts.reduce((sum, part) => sum + ('marker' in part ? part.marker.length : part.text.length), 0);
  const codes = new Int16Array(length);
  let at = 0;
  for (const part of parts) {
    if ('marker' in part) {
      codes.fill(HIDDEN, at, at + part.marker.length);
      at += part.marker.length;
    } else for (let index = 0; index < part.text.length; index += 1, at += 1) codes[at] = part.text.charCodeAt(index) & 0xff;
  }
  return codes;
}

/**
 * One line of the view, as in `hexdump -C`.
 *
 * @param width bytes in a line
 */
export function hexLine(codes: Int16Array, line: number, width = 16): HexLine {
  const row = [...codes.subarray(line * width, (line + 1) * width)];
  const hex = row.map((code) => (code === HIDDEN ? '··' : code.toString(16).padStart(2, '0')));
  return {
    offset: (line * width).toString(16).padStart(8, '0'),
    hex: `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`.trimEnd(),
    text: row.map((code) => (code === HIDDEN ? '·' : code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.')).join(''),
  };
}

/** Whether bytes are better read as numbers: a NUL, or much that is neither UTF-8 nor white space among the first 4,096. */
export function looksBinary(bytes: Bytes): boolean {
  const head = segmentsOf(bytes.slice(0, 4096)).map((part) => ('marker' in part ? '' : part.text)).join('');
  if (head === '') return false;
  if (head.includes('\0')) return true;
  // The last few bytes may be the first half of a character.
  const text = new TextDecoder('utf-8').decode(Uint8Array.from(head, (character) => character.charCodeAt(0) & 0xff));
  const odd = text.slice(0, -1).match(/[\ufffd\u0001-\u0008\u000e-\u001f]/g)?.length ?? 0;
  return odd > text.length / 20;
}
