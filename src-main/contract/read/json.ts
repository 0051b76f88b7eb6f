/** What one walk over a JSON text shows that `JSON.parse` does not say. */
export interface JsonOutline {
  /** Members that stand more than once in the outermost object. */
  duplicates: string[];
  /** The text ends inside a string, an object or an array. */
  open: boolean;
}

const COLON = /[ \t\r\n]*:/y;

/**
 * Walks over a JSON text without recursion, so that neither depth nor length can hurt.
 * Meaningful for text that starts like JSON; of any other text it says something, and never throws.
 */
export function outlineOfJson(text: string): JsonOutline {
  const [seen, twice] = [new Set<string>(), new Set<string>()];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '"') {
      const end = endOfString(text, at);
      if (end === -1) return { duplicates: [...twice], open: true };
      COLON.lastIndex = end + 1;
      if (depth === 1 && COLON.test(text)) {
        const name = nameOf(text.slice(at, end + 1));
        if (seen.has(name)) twice.add(name);
        seen.add(name);
      }
      at = end;
    }
  }
  return { duplicates: [...twice], open: depth > 0 };
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at += 1;
  }
  return -1;
}

function nameOf(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own member of an object; what an object inherits is nobody's answer. */
export function memberOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** `JSON.parse` that answers `undefined` for what is no JSON; a byte order mark before it is passed over. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

/** The same object without a member named `__proto__`, which would become its prototype in the first careless copy. */
export function withoutProto(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== '__proto__'));
}
