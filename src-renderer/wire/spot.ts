import type { EvidenceTarget } from '../../src-main/contract/diagnosis.ts';

/** Characters of a text that an evidence line points at; `end` is the first one after them. */
export interface Span { start: number; end: number }

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/**
 * Where in a message as shown byte for byte (`exactText`) a piece of evidence stands; `null` where it does not.
 *
 * A parameter is found by its name as written, plain or percent-encoded. A target without a name is the whole part.
 */
export function spotInMessage(text: string, { part, name }: EvidenceTarget): Span | null {
  const firstLine = text.indexOf('\n') === -1 ? text.length : text.indexOf('\n');
  const blank = text.search(/\n(↵)?\n/);
  const headEnd = blank === -1 ? text.length : blank;
  const bodyStart = blank === -1 ? text.length : text.indexOf('\n', blank + 1) + 1;
  switch (part) {
    case 'request-line':
    case 'response-status': return span(0, firstLine);
    case 'request-query': return name === undefined ? span(0, firstLine) : parameter(text, 0, firstLine, name, '[?&]', '[^&\\s#]*');
    case 'request-header':
    case 'response-header': return name === undefined ? span(0, headEnd) : match(text.slice(0, headEnd), new RegExp(`^${escaped(name)}:.*$`, 'im'), 0);
    case 'request-body':
    case 'response-body': return inBody(text, bodyStart, name);
    case 'event': return null;
    default: return null;
  }
}

/** The same for a decoded JSON body on its own. */
export function spotInJson(text: string, name: string): Span | null {
  return match(text, new RegExp(`"${escaped(name)}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*"|[^,}\\]\\n]+)`), 0);
}

function inBody(text: string, from: number, name: string | undefined): Span | null {
  if (from >= text.length) return null;
  if (name === undefined) return span(from, text.length);
  return parameter(text, from, text.length, name, '(?:^|&)', '[^&\\s]*') ?? shifted(spotInJson(text.slice(from), name), from) ?? span(from, text.length);
}

function parameter(text: string, from: number, to: number, name: string, before: string, value: string): Span | null {
  const names = [...new Set([name, encodeURIComponent(name)])].map(escaped).join('|');
  const found = new RegExp(`(${before})(?:${names})(?:=${value})?(?=[&\\s#]|$)`).exec(text.slice(from, to));
  if (!found) return null;
  const start = from + found.index + (found[1]?.length ?? 0);
  return { start, end: from + found.index + found[0].length };
}

function match(text: string, pattern: RegExp, offset: number): Span | null {
  const found = pattern.exec(text);
  return found ? span(offset + found.index, offset + found.index + found[0].length) : null;
}

const shifted = (found: Span | null, by: number): Span | null => (found ? span(found.start + by, found.end + by) : null);
const span = (start: number, end: number): Span | null => (end > start ? { start, end } : null);
