import type { Evidence } from '../../contract/diagnosis.ts';
import { headerOf } from '../../contract/read/http.ts';
import { bare } from '../case/client.ts';
import { defineCause } from '../cause.ts';
import { atExchange, atRequestLine, atStatus } from '../evidence.ts';

export const tokenEndpointRedirected = defineCause({
  id: 'token_endpoint_redirected', family: 'endpoint', scope: 'any',
  title: 'The token endpoint’s URL redirects elsewhere, and the request did not survive that',
  fix: 'Call the address it redirects to directly: often https instead of http, with or without “www” or a trailing slash.',
  unknowable: 'No redirect is recorded.',
  examine: (c) => {
    if (c.request === null) return [];
    const { request } = c;
    const found: Evidence[] = [];
    const location = headerOf(request.answerHeaders, 'location');
    if (request.status !== null && request.status >= 300 && request.status < 400) {
      found.push(atStatus(94, c, `The answer is a redirect (${request.status})${location === undefined ? '' : ` to ${bare(location)}`}; a client turns the POST into a GET or drops the body and the Authorization header.`, { source: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.4' }));
    }
    const before = [...c.before].reverse().find((other) => other.status !== null && other.status >= 300 && other.status < 400 && leadsTo(headerOf(other.answerHeaders, 'location'), other.exchange.url, request.exchange.url));
    if (before) {
      const lost = request.exchange.method.toUpperCase() !== 'POST' || request.body === '' || (before.headers.some(({ name }) => name.toLowerCase() === 'authorization') && !request.headers.some(({ name }) => name.toLowerCase() === 'authorization'));
      found.push(atExchange(lost ? 112 : 50, before.exchange.id, 'response status', `The request was redirected here (${before.status ?? ''})${lost ? ', and lost its method, body or Authorization header on the way' : ''}.`));
    }
    if (found.length === 0 && request.exchange.url.startsWith('http://') && request.exchange.method.toUpperCase() === 'GET') found.push(atRequestLine(14, request, 'The request went to plain http and arrived as GET, as after a redirect.'));
    return found.length > 0 ? found : [atStatus(-60, c, 'The answer came from the URL that was called, without a redirect.')];
  },
});

function leadsTo(location: string | undefined, base: string, url: string): boolean {
  if (location === undefined || !URL.canParse(location, base)) return false;
  return bare(new URL(location, base).href) === bare(url);
}
