/** One line of a JSON text written out with one member or element a line. Text is as it stood: numbers, escapes and duplicates are kept. */
export interface JsonLine {
  kind: 'value' | 'open' | 'close';
  depth: number;
  /** Member name as it stood, with its quotes; absent for an element of an array and for the outermost value. */
  key?: string;
  /** Position in its array. */
  index?: number;
  /** The literal, or the bracket; `{}` and `[]` are values. */
  text: string;
  /** Line of the bracket this stands in; -1 for the outermost. */
  parent: number;
  /** For `open`: the line of the closing bracket. */
  end: number;
  /** For `open`: how many members or elements are directly in it. */
  size: number;
  /** A comma follows. */
  comma: boolean;
}

/** Lines of one text; more are not written out, and `jsonLines` answers `null`. */
export const JSON_LINE_LIMIT = 600_000;

const LITERAL = /[^\s,:[\]{}"]+/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Writes a JSON text out line by line without reading it into values, so that nothing is rounded, merged or reordered. Walks without recursion:
 * neither depth nor length can hurt.
 *
 * @param text may have a byte order mark; masked secrets are ordinary characters of a string
 * @returns `null` where it is no JSON, or has more than `JSON_LINE_LIMIT` lines
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function jsonLines(text: string): JsonLine[] | null {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    JSON.parse(source);
  } catch {
    return null;
  }
  return walk(source);
}

function walk(source: string): JsonLine[] | null {
  const lines: JsonLine[] = [];
  const stack: number[] = [];
  let key: string | undefined;
  let at = 0;
  const push = (kind: JsonLine['kind'], text: string): void => {
    const parent = stack.at(-1) ?? -1;
    const holder = lines[parent];
    const inArray = holder?.text === '[';
    lines.push({ kind, depth: stack.length, text, parent, end: -1, size: 0, comma: false, ...(key !== undefined && { key }), ...(inArray && { index: holder.size }) });
    if (holder) holder.size += 1;
    key = undefined;
  };
  while (at < source.length) {
    if (lines.length > JSON_LINE_LIMIT) return null;
    SPACE.lastIndex = at;
    SPACE.test(source);
    at = SPACE.lastIndex;
    const character = source[at];
    if (character === undefined) break;
    if (character === '{' || character === '[') {
      push('open', character);
      stack.push(lines.length - 1);
      at += 1;
    } else if (character === '}' || character === ']') {
      close(lines, stack.pop() as number, character);
      at += 1;
    } else if (character === ',') {
      (lines.at(-1) as JsonLine).comma = true;
      at += 1;
    } else if (character === ':') {
      at += 1;
    } else {
      const end = character === '"' ? endOfString(source, at) : endOfLiteral(source, at);
      const literal = source.slice(at, end);
      at = end;
      const holder = lines[stack.at(-1) ?? -1];
      if (character === '"' && key === undefined && holder?.text === '{') key = literal;
      else push('value', literal);
    }
  }
  return lines;
}

function close(lines: JsonLine[], open: number, bracket: string): void {
  const line = lines[open] as JsonLine;
  if (line.size === 0) {
    line.kind = 'value';
    line.text += bracket;
    return;
  }
  line.end = lines.length;
  lines.push({ kind: 'close', depth: line.depth, text: bracket, parent: open, end: -1, size: 0, comma: false });
}

function endOfString(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at];
    if (character === '"') return at + 1;
    if (character === '\\') at += 1;
  }
  return source.length;
}

function endOfLiteral(source: string, start: number): number {
  LITERAL.lastIndex = start;
  return LITERAL.test(source) ? LITERAL.lastIndex : start + 1;
}

/** A string literal as the text it stands for; any other literal as it is. */
export function literalText(literal: string): string {
  if (!literal.startsWith('"')) return literal;
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.slice(1, -1);
  }
}

/** Where a line stands, as a JSONPath of name and index selectors (RFC 9535 §2.3): `$.keys[0].kid`, `$['a b']`. */
export function jsonPath(lines: readonly JsonLine[], line: number): string {
  const steps: string[] = [];
  let at = lines[line]?.kind === 'close' ? (lines[line] as JsonLine).parent : line;
  while (at >= 0) {
    const { key, index, parent } = lines[at] as JsonLine;
    if (key !== undefined) {
      const name = literalText(key);
      steps.push(/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `['${name.replace(/[\\']/g, '\\$&')}']`);
    } else if (index !== undefined) steps.push(`[${index}]`);
    at = parent;
  }
  return `$${steps.reverse().join('')}`;
}

/** The text of one line and what it holds, written out again with two spaces for each level. */
export function jsonText(lines: readonly JsonLine[], line = 0): string {
  const first = lines[line];
  if (!first) return '';
  const from = first.kind === 'close' ? first.parent : line;
  const to = (lines[from] as JsonLine).kind === 'open' ? (lines[from] as JsonLine).end : from;
  const base = (lines[from] as JsonLine).depth;
  return lines.slice(from, to + 1).map(({ depth, key, text, comma }, at) =>
    `${'  '.repeat(depth - base)}${at > 0 && key !== undefined ? `${key}: ` : ''}${text}${comma && from + at < to ? ',' : ''}`).join('\n');
}
