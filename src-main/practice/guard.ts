import type { IncomingMessage } from 'node:http';

/**
 * Whether a request to the practice provider comes from where it may: addressed to 127.0.0.1 by that name (so no rebound DNS name reaches it),
 * and, from a browser, either the provider's own page or a top-level navigation.
 *
 * @param host `127.0.0.1:<port>`
 * @returns the status and words to refuse with, or null
 */
export function refusalOf(request: Pick<IncomingMessage, 'headers' | 'headersDistinct' | 'url'>, host: string): { status: number; text: string } | null {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  if (request.headersDistinct['host']?.length !== 1 || request.headers.host !== host || !request.url?.startsWith('/')) {
    return { status: 421, text: `This server answers to ${host} only.\n` };
  }
  const foreignPage = origin !== undefined && origin !== `http://${host}`;
  const foreignScript = (site === 'cross-site' || site === 'same-site') && mode !== 'navigate';
  return foreignPage || foreignScript ? { status: 403, text: 'Other pages may not call this server.\n' } : null;
}
