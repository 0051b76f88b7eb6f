import { isObject, parseJson } from '../../contract/read/json.ts';
import { canonicalJson } from './json.ts';
import { looksVolatile } from './shape.ts';

/**
 * What a server made anew for each answer, down to the parts of a value: ids too short to be known by themselves, times as people write
 * them, addresses with a session in them, objects and lists that hold such. Only for what servers send: what a client sends it was told to.
 *
 * @param texts of one row, two or more, in any order
 * @returns `order` where only the order in lists differs; `null` where something else does
 */
export function remade(texts: readonly string[]): 'order' | 'anew' | null {
  const values = texts.map((text) => (/^\s*[[{]/.test(text) ? (parseJson(text) ?? text) : text));
  if (values.every((value) => typeof value === 'object') && new Set(values.map((value) => canonicalJson(unordered(value)))).size === 1) return 'order';
  return eachAnew(values, 0) ? 'anew' : null;
}

const DEEPEST = 20;

function eachAnew(values: readonly unknown[], depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (new Set(values.map((value) => canonicalJson(value))).size === 1) return true;
  if (values.every((value) => typeof value === 'string')) return textsAnew(values);
  if (values.every((value) => typeof value === 'number')) return values.every((value) => Math.abs(value) >= 1e8 || !Number.isInteger(value));
  if (values.every(Array.isArray)) {
    const [first] = values;
    return values.every(({ length }) => length === first?.length) && (first ?? []).every((_one, index) => eachAnew(values.map((list: unknown[]) => list[index]), depth + 1));
  }
  if (!values.every(isObject)) return false;
  const names = Object.keys(values[0] ?? {});
  return values.every((value) => Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name)))
    && names.every((name) => eachAnew(values.map((value) => value[name]), depth + 1));
}

function textsAnew(texts: readonly string[]): boolean {
  if (texts.some((text) => text.length > 4096)) return false;
  if (texts.every((text) => looksVolatile(text) || isMoment(text))) return true;
  const parts = texts.map((text) => text.split(/[/?&=#;]/));
  const [first = []] = parts;
  if (first.length > 1) return parts.every(({ length }) => length === first.length) && first.every((_part, index) => {
    const own = parts.map((part) => part[index] ?? '');
    return own.every((part) => part === own[0]) || own.every(looksVolatile) || shortIds(own);
  });
  return shortIds(texts);
}

const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) || /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .{4,24}\d\d:\d\d/.test(text)
  || /^\d{1,2}[./]\d{1,2}[./]\d{4},? \d{1,2}:\d\d/.test(text);

/** Ids of 6 to 15 characters: about as long as each other, hardly a character in the same place, and mixed as no word is. */
function shortIds(texts: readonly string[]): boolean {
  const prefix = sharedPrefix(texts);
  const ids = texts.map((text) => text.slice(prefix));
  return ids.every((id) => /^[\w-]{6,24}$/.test(id)) && ids.some(isMixed)
    && ids.every((one, index) => ids.slice(index + 1).every((other) => Math.abs(one.length - other.length) <= 2 && unlike(one, other)));
}

/** Up to a separator: `req_` stands before every one. */
function sharedPrefix([first = '', ...rest]: readonly string[]): number {
  const prefix = /^[a-z]{1,8}[_-]/i.exec(first)?.[0] ?? '';
  return rest.every((text) => text.startsWith(prefix)) ? prefix.length : 0;
}

function isMixed(text: string): boolean {
  const turns = text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)|[a-z](?=[A-Z])/g)?.length ?? 0;
  return turns >= 2;
}

function unlike(one: string, other: string): boolean {
  const alike = [...one].filter((character, index) => other[index] === character).length;
  return alike * 2 < Math.min(one.length, other.length);
}

function unordered(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((one) => unordered(one, depth + 1)).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unordered(member, depth + 1)])) : value;
}
