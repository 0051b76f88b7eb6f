import type { Case } from '../case/case.ts';
import { sent } from '../case/token-request.ts';
import { DECISIVE, defineCause } from '../cause.ts';
import { atAuthorization, atParameter } from '../evidence.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3';

export const redirectUriMissing = defineCause({
  id: 'redirect_uri_missing', family: 'redirect', scope: 'code',
  title: 'redirect_uri was not sent',
  fix: 'Send redirect_uri in the token request whenever the authorization request had one.',
  unknowable: 'Whether the server wants a redirect_uri here cannot be known from here.',
  examine: (c) => {
    if (c.request === null || c.kind === 'authorize') {
      const authorization = c.authorizations.at(-1);
      if (authorization === undefined || c.request?.exchange.purpose === 'device' || authorization.parameters.some(({ name }) => name === 'request_uri' || name === 'request')) return [];
      return authorization.redirectUri === undefined
        ? [atAuthorization(30, authorization, 'redirect_uri', 'The authorization request has no redirect_uri.')]
        : [atAuthorization(-85, authorization, 'redirect_uri', 'The authorization request names a redirect_uri.')];
    }
    const now = sent(c.request, 'redirect_uri');
    if (now !== undefined && now !== '') return [atParameter(-90, c.request, 'redirect_uri', 'The token request names a redirect_uri.')];
    if (c.authorization?.redirectUri !== undefined) {
      return [atParameter(DECISIVE, c.request, 'redirect_uri', 'The authorization request named a redirect_uri, so the token request must repeat it, and it is not there.', {
        values: [['At authorization', c.authorization.redirectUri], ['At the token endpoint', now === '' ? '(empty)' : '(not sent)']], source: SOURCE,
      })];
    }
    if (namesRedirect(c)) return [atParameter(60, c.request, 'redirect_uri', 'The server complains of the redirect URI, and the token request has none.', { source: SOURCE })];
    return c.authorization === null ? [atParameter(36, c.request, 'redirect_uri', 'The token request has no redirect_uri; it is required if the authorization request had one, as most have.', { source: SOURCE })] : [];
  },
});

function namesRedirect(c: Case): boolean {
  return [...c.said].some(([id, said]) => id.startsWith('redirect_uri') && said.some(({ specific, weight }) => specific && weight >= 30));
}
