const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** What two addresses differ in. A host is a deployment, which two columns may well not share; the rest is compared by servers character by character. */
export type UrlPart = 'scheme' | 'host' | 'loopback-host' | 'port' | 'loopback-port' | 'slash' | 'case' | 'path' | 'query' | 'fragment' | 'text';

interface Parts { scheme: string; host: string; port: string; path: string; query: string; fragment: string }

/** Reads an address without normalising it: `new URL` would add the slash whose absence is the difference. `null` for anything else. */
export function urlParts(text: string): Parts | null {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/i.exec(text);
  if (!match) return null;
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = match;
  const [, host = authority, port = ''] = /^(.*?)(?::(\d*))?$/.exec(authority) ?? [];
  return { scheme: scheme.toLowerCase(), host, port, path, query, fragment };
}

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** @returns empty for equal ones */
export function urlDifference(left: string, right: string): UrlPart[] {
  if (left === right) return [];
  const [a, b] = [urlParts(left), urlParts(right)];
  if (!a || !b) return ['text'];
  const parts: UrlPart[] = [];
  const [localA, localB] = [isLoopback(a.host), isLoopback(b.host)];
  const sameHost = a.host.toLowerCase() === b.host.toLowerCase();
  if (!sameHost) parts.push(localA && localB ? 'loopback-host' : 'host');
  // A loopback address is plain http by nature, a deployed one is not.
  if (a.scheme !== b.scheme && localA === localB) parts.push('scheme');
  if (portOf(a) !== portOf(b)) {
    if (localA && localB) parts.push('loopback-port');
    else if (sameHost && a.scheme === b.scheme) parts.push('port');
  }
  if (a.path !== b.path) parts.push(a.path.replace(/\/$/, '') === b.path.replace(/\/$/, '') ? 'slash' : a.path.toLowerCase() === b.path.toLowerCase() ? 'case' : 'path');
  if (a.query !== b.query) parts.push('query');
  if (a.fragment !== b.fragment) parts.push('fragment');
  return parts;
}

function portOf({ scheme, port }: Parts): string {
  return port !== '' ? port : scheme === 'https' ? '443' : scheme === 'http' ? '80' : '';
}

const words: Record<UrlPart, string> = {
  scheme: 'the scheme', host: 'the host', 'loopback-host': 'how this machine is named', port: 'the port', 'loopback-port': 'the port on this machine',
  slash: 'a slash at the end', case: 'upper and lower case of the path', path: 'the path', query: 'the query', fragment: 'the fragment', text: 'the text',
};

export const urlPartWords = (parts: readonly UrlPart[]): string => parts.map((part) => words[part]).join(' and ');
