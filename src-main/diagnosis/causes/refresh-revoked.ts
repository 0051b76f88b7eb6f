import type { Evidence } from '../../contract/diagnosis.ts';
import { formParameters, messageParts, valueOf } from '../../contract/read/http.ts';
import { ancestorsOf, refusedRefreshToken } from '../case/refresh.ts';
import { duration } from '../case/time.ts';
import type { Case } from '../case/case.ts';
import { chainToCode } from './code-reused.ts';
import { sent } from '../case/token-request.ts';
import { DECISIVE, defineCause } from '../cause.ts';
import { atExchange } from '../evidence.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc7009#section-2.1';

export const refreshRevoked = defineCause({
  id: 'refresh_revoked', family: 'refresh', scope: 'refresh',
  title: 'The refresh token or its grant was revoked',
  fix: 'Authorize again. If nobody revoked it on purpose, look at the provider’s log for logout, a password change or an administrator’s act.',
  tellApart: 'Introspection tells whether the token is active; only the provider’s log tells who revoked it.',
  unknowable: 'No revocation is recorded here; whether a user or administrator revoked the grant cannot be known from here.',
  examine: (c) => {
    const token = refusedRefreshToken(c);
    if (token === undefined) return [];
    return [...revocations(c, token), ...fromEvents(c), ...replayedCode(c)];
  },
});

function revocations(c: Case, token: string): Evidence[] {
  const family = new Set([token, ...ancestorsOf(c, token).map((ancestor) => ancestor.token)]);
  const accessTokens = new Set(c.before.filter((request) => request.tokens?.refresh !== undefined && family.has(request.tokens.refresh)).map((request) => request.tokens?.access));
  const found = c.surroundings.filter(({ exchange }) => exchange.purpose === 'revocation').flatMap(({ exchange, at }) => {
    const revoked = valueOf(formParameters(messageParts(exchange.request).body), 'token');
    const before = at > 0 && c.request?.started != null ? `, ${duration(c.request.started - at)} before` : '';
    const done = (exchange.response?.status ?? 599) < 300;
    if (revoked === undefined || !done) return [];
    if (family.has(revoked)) return [atExchange(revoked === token ? DECISIVE + 4 : DECISIVE - 6, exchange.id, 'request body parameter token', `${revoked === token ? 'This refresh token' : 'An older refresh token of the same grant'} was revoked here${before}.`, { source: SOURCE })];
    if (accessTokens.has(revoked)) return [atExchange(64, exchange.id, 'request body parameter token', `The access token of the same grant was revoked here${before}; servers may revoke the refresh token with it.`, { source: SOURCE })];
    return [];
  });
  for (const entry of c.ledger?.find('refresh_token', token) ?? []) {
    if (entry.what === 'revoked' && entry.runId !== c.state.id) found.push(atExchange(DECISIVE, entry.exchangeId, 'ledger of revoked tokens', 'This refresh token was revoked in another run.', { source: SOURCE }));
  }
  return found;
}

/** Live runs name the revoked token by its record, which holds also for masked values. */
function fromEvents(c: Case): Evidence[] {
  const refusal = c.state.refusals.find(({ exchangeId }) => exchangeId === c.request?.exchange.id);
  const token = c.state.tokens.find(({ record }) => record.id === refusal?.tokenId);
  if (token?.fate !== 'revoked' || token.endedBy === undefined || c.surroundings.some(({ exchange }) => exchange.id === token.endedBy)) return [];
  return [atExchange(DECISIVE + 2, token.endedBy, 'revocation', 'This refresh token was revoked before.', { source: SOURCE })];
}

function replayedCode(c: Case): Evidence[] {
  const issuing = chainToCode(c);
  const code = issuing === null ? undefined : sent(issuing, 'code');
  if (issuing === null || code === undefined) return [];
  return c.before.filter((other) => other !== issuing && other.order > issuing.order && sent(other, 'code') === code)
    .map((replay) => atExchange(66, replay.exchange.id, 'request body parameter code', 'The code behind this grant was redeemed a second time here, and servers revoke the grant on that.', { source: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2' }));
}
