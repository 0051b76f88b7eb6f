import type { CompareSource } from '../../contract/compare.ts';
import { isObject, parseJson } from '../../contract/read/json.ts';
import type { Fact, Line, Spec } from '../rows/line.ts';
import { canonicalJson, shownValue } from '../rules/json.ts';
import { shapeOf, shapeText } from '../rules/shape.ts';

export const line = (key: string, label: string, spec: Spec, fact: Fact): Line => ({ key, label, spec, ...fact });

/** The fact of one text under a rule: what is compared instead of it, and what is shown beside it. */
export function factOf(text: string, spec: Spec, source?: CompareSource): Fact {
  const fact: Fact = { text, ...(source && { source }) };
  switch (spec.rule) {
    case 'shape': {
      const shape = shapeOf(text);
      return { ...fact, as: shape.form === 'JWT' || shape.form === 'encrypted JWT' ? shape.form : 'opaque', reading: shapeText(shape) };
    }
    case 'presence': return { ...fact, reading: shapeText(shapeOf(text)) };
    case 'length': return { ...fact, as: String(shapeOf(text).length), reading: shapeText(shapeOf(text)) };
    case 'set': return { ...fact, members: text.split(/[\s,]+/).filter((word) => word !== '') };
    case 'duration': case 'lifetime': {
      const seconds = Number(text);
      return text.trim() !== '' && Number.isFinite(seconds) ? { ...fact, milliseconds: seconds * 1000 } : fact;
    }
    case 'json': {
      const value = parseJson(text);
      return value === undefined ? fact : { ...fact, as: canonicalJson(value) };
    }
    default: return fact;
  }
}

/** The fact of one JSON value. */
export function valueFact(value: unknown, spec: Spec, source?: CompareSource): Fact {
  if (spec.rule === 'set' && Array.isArray(value)) return { text: shownValue(value), members: value.map((one) => (typeof one === 'string' ? one : canonicalJson(one))), ...(source && { source }) };
  if (spec.rule === 'json' || typeof value === 'object') return { text: shownValue(value), as: canonicalJson(value), ...(source && { source }) };
  return factOf(shownValue(value), spec, source);
}

/** One line for each name; a name that stands several times is one line with all its values, which says so. */
export function namedLines(pairs: readonly { name: string; value: string }[], prefix: string, specOf: (name: string) => Spec, source?: (name: string) => CompareSource): Line[] {
  const values = new Map<string, string[]>();
  for (const { name, value } of pairs) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return [...values].map(([name, all]) => line(`${prefix}${name}`, name, specOf(name), { ...factOf(all.join(' '), specOf(name), source?.(name)), ...(all.length > 1 && { reading: `stands ${all.length} times` }) }));
}

/** The members of a JSON object, each a line; `null` for anything else. */
export function jsonLines(text: string, prefix: string, specOf: (name: string, value: unknown) => Spec, source?: (name: string) => CompareSource): Line[] | null {
  const value = parseJson(text);
  return isObject(value) ? objectLines(value, prefix, specOf, source) : null;
}

export function objectLines(value: Record<string, unknown>, prefix: string, specOf: (name: string, value: unknown) => Spec, source?: (name: string) => CompareSource): Line[] {
  return Object.entries(value).map(([name, member]) => line(`${prefix}${name}`, name, specOf(name, member), valueFact(member, specOf(name, member), source?.(name))));
}
