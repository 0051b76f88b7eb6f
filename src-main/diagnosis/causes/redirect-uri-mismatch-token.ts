import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { headerOf, messageParts } from '../../contract/read/http.ts';
import { sent } from '../case/token-request.ts';
import { DECISIVE, defineCause, MEDIUM, STRONG } from '../cause.ts';
import { uriDifference } from '../diff/uri.ts';
import { atParameter } from '../evidence.ts';
import { isPlaceholder } from '../placeholder.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3';

export const redirectUriMismatchToken = defineCause({
  id: 'redirect_uri_mismatch_token', family: 'redirect', scope: 'code',
  title: 'redirect_uri differs from the one of the authorization request',
  fix: 'Send the redirect_uri of the authorization request, character for character.',
  tellApart: 'The same request with the authorized redirect URI.',
  unknowable: 'The authorization request is not recorded, so its redirect_uri is not known.',
  examine: (c) => (c.kind === 'authorize' ? [] : compare(c)),
});

/** Evidence that both redirect URIs are the same, or how they differ. */
function compare(c: Case): Evidence[] {
  if (c.request === null || c.authorization === null) return arrival(c);
  const then = c.authorization.redirectUri;
  const now = sent(c.request, 'redirect_uri');
  if (then !== undefined && isPlaceholder(then)) return [];
  const values: [string, string][] = [['At authorization', then ?? '(not sent)'], ['At the token endpoint', now ?? '(not sent)']];
  if (now === undefined) {
    return then === undefined
      ? [atParameter(-85, c.request, 'redirect_uri', 'Neither request named a redirect_uri.', { values, source: SOURCE })]
      : [atParameter(MEDIUM, c.request, 'redirect_uri', 'The authorization request named a redirect_uri and the token request leaves it out.', { values, source: SOURCE })];
  }
  if (isPlaceholder(now)) return [];
  if (then === undefined) return [atParameter(12, c.request, 'redirect_uri', 'The token request names a redirect_uri and the authorization request had none.', { values, source: SOURCE })];
  const difference = uriDifference(then, now);
  if (difference === null) return [atParameter(-85, c.request, 'redirect_uri', 'redirect_uri is the same in both requests, character for character.', { values, source: SOURCE })];
  return [atParameter(DECISIVE + 1, c.request, 'redirect_uri', `redirect_uri is not the one of the authorization request. ${difference.text}`, {
    values: [...values, ['Differs in', difference.parts.join(', ')], ['From character', `${difference.position + 1}`]], source: SOURCE,
  })];
}

/** Without an authorization request, the address the callback arrived at tells what was authorized. */
function arrival(c: Case): Evidence[] {
  const now = c.request === null ? undefined : sent(c.request, 'redirect_uri');
  if (c.request === null || c.callback === null || now === undefined || !URL.canParse(now) || isPlaceholder(now)) return [];
  const { startLine, headers } = messageParts(c.callback.raw);
  const host = headerOf(headers, 'host');
  const path = /^GET (\/[^?# ]*)/.exec(startLine)?.[1];
  if (host === undefined || path === undefined) return [];
  const named = new URL(now);
  if (named.host === host && named.pathname === path) return [];
  return [atParameter(STRONG, c.request, 'redirect_uri', `The callback arrived at ${host}${path}, and the token request names ${now}.`, {
    values: [['Callback arrived at', `${host}${path}`], ['At the token endpoint', now]], source: SOURCE,
  })];
}
