import type { Diagnosis, ReplayLabel } from '../contract/diagnosis.ts';
import type { Exchange } from '../contract/exchange.ts';
import { messageParts, formParameters, valueOf } from '../contract/read/http.ts';
import type { Case } from './case/case.ts';
import { grantTypeOf } from './case/token-request.ts';

/**
 * What sending a recorded request again costs. Redeeming a code and using a refresh token spend the grant (servers may revoke the
 * whole family on a second use, RFC 9700 §4.14.2); revocation and logout end something.
 */
export function replayLabelOf(exchange: Pick<Exchange, 'purpose' | 'method' | 'request'>): { label: ReplayLabel; why: string } {
  switch (exchange.purpose) {
    case 'revocation': return { label: 'may-end-the-session', why: 'Revokes a token, and at many servers the whole grant.' };
    case 'end-session': return { label: 'may-end-the-session', why: 'Signs the user out.' };
    case 'token': return tokenLabel(valueOf(formParameters(messageParts(exchange.request).body), 'grant_type'));
    case 'par': return { label: 'safe-to-repeat', why: 'Pushes a new authorization request; the earlier one stays.' };
    case 'discovery': case 'jwks': case 'userinfo': case 'introspection': return { label: 'safe-to-repeat', why: 'Only reads.' };
    case 'resource': case 'other': return exchange.method === 'GET' || exchange.method === 'HEAD'
      ? { label: 'safe-to-repeat', why: 'A read request.' } : { label: 'may-end-the-session', why: 'A writing request whose effect is not known.' };
    default: return { label: 'may-end-the-session', why: 'Its effect is not known.' };
  }
}

function tokenLabel(grant: string | undefined): { label: ReplayLabel; why: string } {
  switch (grant) {
    case 'client_credentials': return { label: 'safe-to-repeat', why: 'Asks for another token; nothing is spent.' };
    case 'refresh_token': return { label: 'may-end-the-session', why: 'Uses the refresh token again: where tokens rotate, a second use revokes the whole family.' };
    default: return { label: 'spends-the-grant', why: 'Redeems the code or grant: it works once, and a second use may revoke the tokens of the first.' };
  }
}

export function replayLabels(c: Case): Diagnosis['replay'] {
  const tokens = (c.request === null ? c.others : [...c.others, c.request]).map((request) => ({ exchangeId: request.exchange.id, ...tokenLabel(grantTypeOf(request)) }));
  return [...tokens, ...c.surroundings.map(({ exchange }) => ({ exchangeId: exchange.id, ...replayLabelOf(exchange) }))];
}
