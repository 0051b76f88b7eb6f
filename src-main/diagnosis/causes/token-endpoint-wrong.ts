import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { bare } from '../case/client.ts';
import { challenged, readPast } from '../case/said.ts';
import { defineCause } from '../cause.ts';
import { atAuthorization, atRequestLine, atStatus } from '../evidence.ts';

export const tokenEndpointWrong = defineCause({
  id: 'token_endpoint_wrong', family: 'endpoint', scope: 'any',
  title: 'The request went to a URL that is not the token endpoint',
  fix: 'Take the token endpoint from the server’s metadata (token_endpoint).',
  tellApart: 'Discovery: compare token_endpoint with the URL that was called.',
  unknowable: 'The server’s metadata is not recorded, so its token endpoint is not known.',
  examine: (c) => {
    if (c.request === null || c.kind === 'authorize') return asked(c);
    const found: Evidence[] = [];
    const { url } = c.request.exchange;
    const published = c.metadata['token_endpoint'];
    if (typeof published === 'string') {
      found.push(bare(published) === bare(url)
        ? atRequestLine(-60, c.request, 'The request went to the token endpoint of the server’s metadata.')
        : atRequestLine(sameOrigin(published, url) ? 74 : 60, c.request, 'The request did not go to the token endpoint of the server’s metadata.', { values: [['token_endpoint', published], ['Called', bare(url)]], source: 'https://www.rfc-editor.org/rfc/rfc8414#section-2' }));
    }
    if (c.authorization !== null && bare(c.authorization.url) === bare(url)) found.push(atRequestLine(88, c.request, 'The request went to the authorization endpoint.'));
    const working = c.others.findLast((other) => other.tokens !== null);
    if (working && bare(working.exchange.url) === bare(url)) found.push(atRequestLine(-80, c.request, 'The same URL gave tokens in this run.'));
    else if (/\/(?:authorize|authorization|auth|login|userinfo|introspect|revoke)\/?$/i.test(bare(url))) found.push(atRequestLine(62, c.request, 'The path of the URL is that of another endpoint.'));
    found.push(...answerLooks(c));
    if (c.error.error !== null && ['json', 'form'].includes(c.error.foundIn) && found.every(({ weight }) => weight < 50)) found.push(atStatus(-30, c, 'The answer is an OAuth error, so a token endpoint answered.'));
    return found;
  },
});

/** An authorization request (response_type, no grant_type) whose path is that of a token endpoint. */
function asked(c: Case): Evidence[] {
  const authorization = c.authorizations.find(({ entry, url }) => entry === c.entry && (/\/(?:access_?token|tokens?)(?:\.\w+)?\/?$/i.test(bare(url)) || bare(url) === c.metadata['token_endpoint']));
  return authorization === undefined ? [] : [atAuthorization(88, authorization, 'response_type', 'An authorization request was sent to the token endpoint; it belongs to the authorization endpoint, in the browser.')];
}

const sameOrigin = (a: string, b: string): boolean => URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;

function answerLooks(c: Case): Evidence[] {
  const status = c.request?.status ?? 0;
  const oauth = c.error.error !== null && c.error.foundIn !== 'html' && c.error.foundIn !== 'none';
  const body = c.request?.exchange.response?.body.slice(0, 200) ?? '';
  // A registered error code in markup comes from a token endpoint that answers in XML or in a page of its own.
  const html = !/^\s*<\?xml/.test(body) && (c.error.foundIn !== 'html' || c.error.error === null) && (c.error.foundIn === 'html' || /^\s*<(?:!doctype|html)/i.test(body));
  if ((readPast(c) && c.error.foundIn === 'json') || (oauth && !/^\d+$|not.?found|method.?not/i.test(c.error.error ?? ''))) return [];
  if (status === 404 || status === 410) return [atStatus(82, c, `The status is ${status}: there is nothing at this URL.`)];
  if (status === 405) return [atStatus(c.request?.exchange.method.toUpperCase() === 'POST' ? 78 : 20, c, 'The status is 405: this URL does not take this method.')];
  if (html && challenged(c) === null && (status < 300 || (status >= 400 && status < 500))) return [atStatus(64, c, 'The answer is a web page, not the JSON of a token endpoint.')];
  return [];
}
