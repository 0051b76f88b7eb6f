import { commonEnds } from './alteration.ts';

export type UriPart = 'scheme' | 'host' | 'port' | 'path' | 'slash' | 'case' | 'encoding' | 'query' | 'fragment' | 'white-space';

export interface UriDifference {
  /** What differs, the most telling first. */
  parts: UriPart[];
  /** Position of the first differing character, from 0. */
  position: number;
  /** The differing middle of each. */
  left: string;
  right: string;
  text: string;
}

const names: Record<UriPart, string> = {
  scheme: 'the scheme', host: 'the host', port: 'the port', path: 'the path', slash: 'a trailing slash', case: 'upper and lower case',
  encoding: 'percent-encoding', query: 'the query', fragment: 'the fragment', 'white-space': 'white space',
};

const decodedFully = (text: string): string => {
  let value = text;
  for (let round = 0; round < 3; round += 1) {
    try {
      const next = decodeURIComponent(value);
      if (next === value) break;
      value = next;
    } catch { break; }
  }
  return value;
};

/**
 * Compares two redirect URIs as a server does, character by character (RFC 6749 §4.1.3, RFC 9700 §2.1), and names the kind of difference.
 * Answers null for identical ones.
 */
export function uriDifference(left: string, right: string): UriDifference | null {
  if (left === right) return null;
  const parts = partsOf(left, right);
  const { prefix, suffix } = commonEnds(left, right);
  const middle = (text: string): string => text.slice(prefix, text.length - suffix);
  const [a, b] = [middle(left), middle(right)];
  const shown = (text: string): string => (text === '' ? 'nothing' : `“${text.length > 60 ? `${text.slice(0, 57)}…` : text}”`);
  return {
    parts, position: prefix, left: a, right: b,
    text: `They differ in ${parts.map((part) => names[part]).join(' and ')}: at character ${prefix + 1} the first has ${shown(a)}, the second ${shown(b)}.`,
  };
}

function partsOf(left: string, right: string): UriPart[] {
  if (left.trim() === right.trim()) return ['white-space'];
  if (left.replace(/\/$/, '') === right.replace(/\/$/, '')) return ['slash'];
  if (decodedFully(left) === decodedFully(right)) return ['encoding'];
  if (left.toLowerCase() === right.toLowerCase()) return ['case'];
  if (!URL.canParse(left) || !URL.canParse(right)) {
    const [a, b] = [decodedFully(left), decodedFully(right)];
    return URL.canParse(a) && URL.canParse(b) && (a !== left || b !== right) ? ['encoding', ...partsOf(a, b)] : ['path'];
  }
  const [a, b] = [new URL(left), new URL(right)];
  const parts: UriPart[] = [];
  if (a.protocol !== b.protocol) parts.push('scheme');
  if (a.hostname !== b.hostname) parts.push('host');
  if (a.port !== b.port) parts.push('port');
  if (a.pathname !== b.pathname) parts.push(pathPart(a.pathname, b.pathname));
  if (a.search !== b.search) parts.push('query');
  if (a.hash !== b.hash) parts.push('fragment');
  return parts.length === 0 ? ['encoding'] : parts;
}

function pathPart(a: string, b: string): UriPart {
  if (a.replace(/\/$/, '') === b.replace(/\/$/, '')) return 'slash';
  if (a.toLowerCase() === b.toLowerCase()) return 'case';
  return decodedFully(a) === decodedFully(b) ? 'encoding' : 'path';
}
