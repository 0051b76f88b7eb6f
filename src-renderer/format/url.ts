export interface UrlParts { scheme: string; host: string; path: string; query: string; fragment: string }

/**
 * Cuts a URL, or a request target, as it stands. Not the URL parser: that one would rewrite what was sent, and would
 * percent-encode the markers of masked secrets.
 */
export function urlParts(url: string): UrlParts {
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url);
  return { scheme: match?.[1] ?? '', host: match?.[2] ?? '', path: match?.[3] ?? url, query: match?.[4] ?? '', fragment: match?.[5] ?? '' };
}

export const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, '');
