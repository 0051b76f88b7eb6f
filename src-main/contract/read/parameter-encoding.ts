import type { Parameter } from './http.ts';
import { decodeFormComponent } from './http.ts';
import { segmentsOf } from '../marker.ts';

/** Something about how a parameter was written that a reader of the decoded value would miss. */
export interface EncodingNote {
  kind: 'plus' | 'percent-20' | 'encoded-twice' | 'not-utf-8' | 'broken-percent' | 'bare' | 'no-equals' | 'no-name' | 'duplicate' | 'control';
  /** One sentence. */
  text: string;
  /** It can change what the server reads; otherwise both ways mean the same. */
  matters: boolean;
}

const texts: Record<EncodingNote['kind'], [text: string, matters: boolean]> = {
  plus: ['A “+” stands for each space, as forms write it.', false],
  'percent-20': ['“%20” stands for each space; a form would write “+”. Both mean a space.', false],
  'encoded-twice': ['Decoded once, it still holds percent-encoding: it may have been encoded twice.', true],
  'not-utf-8': ['Some bytes are no UTF-8; they are shown as sent.', true],
  'broken-percent': ['A “%” without two hexadecimal digits after it.', true],
  bare: ['Characters stand here that should have been percent-encoded.', true],
  'no-equals': ['A name without “=”: the value is empty.', true],
  'no-name': ['A value without a name.', true],
  duplicate: ['The name stands here more than once. OAuth forbids that for its own parameters (RFC 6749 §3.1).', true],
  control: ['It holds control characters or ones that change the direction of reading.', true],
};

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
/** By which one parameter more is no error: RFC 8707 §2, RFC 8693 §2.1. */
const repeatable: ReadonlySet<string> = new Set(['resource', 'audience']);

/**
 * What the encoding of one parameter of a query or form says.
 *
 * @param parameter as `formParameters` read it
 * @param count how many of the same list have its name
 * @returns what is worth saying, in a fixed order; nothing where the plain decoded value tells all
 * @see https://url.spec.whatwg.org/#application/x-www-form-urlencoded
 */
export function encodingNotes({ name, value, rawName, rawValue, start, end }: Parameter, count: number): EncodingNote[] {
  // A masked secret is no text of the wire, and what it hid was not looked at.
  const raw = segmentsOf(`${rawName}=${rawValue}`).map((segment) => ('marker' in segment ? '' : segment.text)).join('');
  const plain = segmentsOf(value).map((segment) => ('marker' in segment ? '' : segment.text)).join('');
  const kinds: EncodingNote['kind'][] = [];
  if (name === '') kinds.push('no-name');
  else if (count > 1 && !repeatable.has(name)) kinds.push('duplicate');
  if (end - start === rawName.length) kinds.push('no-equals');
  if (/%(?![0-9a-f]{2})/i.test(raw)) kinds.push('broken-percent');
  else if (/%[89a-f][0-9a-f]/i.test(raw) && /%[89a-f][0-9a-f]/i.test(`${name}${decodeFormComponent(rawValue)}`)) kinds.push('not-utf-8');
  else if (/%[0-9a-f]{2}/i.test(plain) && !/[:/?#&= ]/.test(plain)) kinds.push('encoded-twice');
  if (/[^\u0021-\u007e]|["<>\\^`{|}]/.test(raw)) kinds.push('bare');
  if (CONTROL.test(plain) || CONTROL.test(name)) kinds.push('control');
  if (/\+/.test(raw)) kinds.push('plus');
  else if (/%20/.test(raw)) kinds.push('percent-20');
  return kinds.map((kind) => ({ kind, text: texts[kind][0], matters: texts[kind][1] }));
}

/** Each parameter with how often its name stands in the list. */
export function counted(parameters: readonly Parameter[]): { parameter: Parameter; count: number }[] {
  const counts = new Map<string, number>();
  for (const { name } of parameters) counts.set(name, (counts.get(name) ?? 0) + 1);
  return parameters.map((parameter) => ({ parameter, count: counts.get(parameter.name) ?? 1 }));
}
