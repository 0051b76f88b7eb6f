import type { Case } from '../case/case.ts';
import { ledgerOrigin, refusedClient } from '../case/origin.ts';
import { clientIdOf } from '../case/token-request.ts';
import { refusedRefreshToken, usesOf } from '../case/refresh.ts';
import { readJwt } from '../case/jwt.ts';
import { DECISIVE, defineCause } from '../cause.ts';
import { atParameter } from '../evidence.ts';
import { isPlaceholder } from '../placeholder.ts';

/** The client the server took this very token from before. */
function acceptedFrom(c: Case, token: string): string | undefined {
  const use = usesOf(c, token).find(({ tokens }) => tokens !== null);
  return use === undefined ? undefined : clientIdOf(use);
}

export const refreshWrongClient = defineCause({
  id: 'refresh_wrong_client', family: 'refresh', scope: 'refresh',
  title: 'The refresh token belongs to another client',
  fix: 'Refresh with the client_id the token was issued to.',
  unknowable: 'The request this refresh token came from is not recorded.',
  examine: (c) => {
    const token = refusedRefreshToken(c);
    const now = refusedClient(c);
    if (c.request === null || token === undefined || now === undefined || isPlaceholder(now)) return [];
    const claims = readJwt(token)?.claims ?? {};
    const inToken = claims['azp'] ?? claims['client_id'];
    const then = (c.origin === null ? undefined : clientIdOf(c.origin)) ?? acceptedFrom(c, token) ?? ledgerOrigin(c, token)?.clientId ?? (typeof inToken === 'string' ? inToken : undefined);
    if (then === undefined || isPlaceholder(then)) return [];
    const details = { values: [['Issued to', then], ['Used by', now]] as [string, string][], source: 'https://www.rfc-editor.org/rfc/rfc6749#section-6' };
    return [now === then
      ? atParameter(-85, c.request, 'client_id', 'The refresh token is used by the client it was issued to.', details)
      : atParameter(DECISIVE + 1, c.request, 'client_id', `The refresh token was issued to client “${then}” and is used by client “${now}”.`, details)];
  },
});
