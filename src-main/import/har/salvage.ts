import { limits } from '../limits.ts';

export interface Salvaged { entries: unknown[]; /** The first entry that is cut off or no JSON, and the index it begins at. */ broken: { index: number; at: number } }

/**
 * Takes the whole entries out of a HAR that is cut off or broken somewhere: each balanced object of the list `entries` is parsed on its own.
 *
 * @returns null where there is no such list
 */
export function salvageEntries(text: string): Salvaged | null {
  const start = /"entries"\s*:\s*\[/.exec(text);
  if (start === null) return null;
  const entries: unknown[] = [];
  let broken: Salvaged['broken'] | null = null;
  let at = start.index + start[0].length;
  while (entries.length < limits.entries) {
    while (at < text.length && /[\s,]/.test(text[at] as string)) at += 1;
    if (text[at] !== '{') break;
    const end = endOfObject(text, at);
    if (end === -1) break;
    try {
      entries.push(JSON.parse(text.slice(at, end)));
    } catch {
      // A broken entry keeps its place in the numbering.
      broken ??= { index: entries.length, at };
      entries.push(null);
    }
    at = end;
  }
  return { entries, broken: broken ?? { index: entries.length, at } };
}

/** Index after the closing brace of the object that begins at `start`; -1 where it is not closed within `within` characters. */
export function endOfObject(text: string, start: number, within = text.length): number {
  const stop = Math.min(text.length, start + within);
  let depth = 0;
  let quoted = false;
  for (let at = start; at < stop; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
