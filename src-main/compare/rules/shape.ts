import type { Marker } from '../../contract/marker.ts';
import { segmentsOf } from '../../contract/marker.ts';
import { decodeJwt } from '../../contract/read/jwt.ts';

/** What a value looks like, whatever it is: comparable between columns, where the value itself is not. */
export interface Shape {
  /** `JWT`, `encrypted JWT`, or the alphabet; `masked` where a marker hides it. */
  form: string;
  length: number;
}

/** The only marker a text consists of. */
export function soleMarker(text: string): Marker | null {
  const [first, ...rest] = segmentsOf(text);
  return first && 'marker' in first && rest.length === 0 ? first.marker : null;
}

/** Length of what stood there before it was masked. */
export function lengthOf(masked: string): number {
  let length = 0;
  for (const segment of segmentsOf(masked)) length += 'text' in segment ? segment.text.length : segment.marker.length;
  return length;
}

export function shapeOf(masked: string): Shape {
  const length = lengthOf(masked);
  const jwt = masked.includes('.') ? decodeJwt(masked) : null;
  if (jwt?.kind === 'jws' && jwt.header) return { form: 'JWT', length };
  if (jwt?.kind === 'jwe') return { form: 'encrypted JWT', length };
  return { form: soleMarker(masked) ? 'opaque' : alphabetOf(masked), length };
}

function alphabetOf(text: string): string {
  if (text === '') return 'empty';
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)) return 'UUID';
  if (/^\d+$/.test(text)) return 'digits';
  if (/^[0-9a-f]+$/i.test(text) && text.length >= 8) return 'hex';
  if (/^[\w-]+$/.test(text)) return 'base64url';
  return 'text';
}

export const shapeText = ({ form, length }: Shape): string => (form === 'empty' ? 'empty' : `${form}, ${length} characters`);

/** Whether a text looks like an id or a time that is another one at each request: never compared by value. */
export function looksVolatile(text: string): boolean {
  if (soleMarker(text)) return true;
  if (text.length > 4096) return false;
  return /^\d{9,14}(?:\.\d+)?$/.test(text) || /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)
    || /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i.test(text) || /^[0-9a-f]{16,}$/i.test(text)
    || (/^[\w+/=.:~-]{16,}$/.test(text) && !/^[a-z]+:\/\//i.test(text) && ((/\d/.test(text) && /[A-Za-z]/.test(text)) || isScrambled(text)));
}

/** Upper and lower case in turn, as no word and no name has them: about one random value in a hundred holds no digit. */
function isScrambled(text: string): boolean {
  const letters = text.replace(/[^A-Za-z]/g, '');
  const upper = letters.replace(/[a-z]/g, '').length;
  const switches = letters.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return switches >= 5 && upper * 5 >= letters.length && (letters.length - upper) * 5 >= letters.length;
}
