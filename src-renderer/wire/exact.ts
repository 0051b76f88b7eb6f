import type { Bytes } from '../../src-main/contract/exchange.ts';
import { utf8Of } from '../../src-main/contract/read/http.ts';

const names: Readonly<Record<string, string>> = { '\r': 'CR', '\n': 'LF', '\t': 'TAB', '\0': 'NUL', '\u007f': 'DEL' };
const named = (control: string): string => `⟨${names[control] ?? `U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`}⟩`;

/**
 * Bytes as text in which nothing is invisible: CR LF as ↵ before the line break, a lone CR or LF and every other control character
 * by name, also those that would reorder what is read. The pictures of Unicode for them (␍␊) are missing in many fonts.
 */
export function exactText(bytes: Bytes): string {
  return utf8Of(bytes)
    .replace(/\r\n|[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, (control) => {
      if (control === '\r\n') return '↵\n';
      return control === '\n' ? `${named(control)}\n` : named(control);
    });
}

/** Text with what cannot be seen in it, or would reorder it, by name; line breaks and tabs stay. */
export function visibleText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, (control) => (control === '\r' ? '' : named(control)));
}
