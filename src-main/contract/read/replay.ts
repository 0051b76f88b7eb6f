import type { ReplayLabel } from '../diagnosis.ts';
import type { Exchange } from '../exchange.ts';
import { formParameters, headerOf, messageParts, valueOf } from './http.ts';

/**
 * What sending a recorded request again costs. Redeeming a code and using a refresh token spend the grant (servers may revoke the
 * whole family on a second use, RFC 9700 §4.14.2); revocation and logout end something.
 */
export function replayLabelOf(exchange: Pick<Exchange, 'purpose' | 'method' | 'request'>): { label: ReplayLabel; why: string } {
  const cost = costOf(exchange);
  const once = usedOnce(exchange.request);
  return once === null ? cost : { ...cost, why: `${cost.why} ${once}` };
}

/** Parts that count once: the copy may be refused for them alone, whatever was wrong with the original (RFC 9449 §11.1, RFC 7523 §3). */
function usedOnce(request: Exchange['request']): string | null {
  const { headers, body } = messageParts(request);
  if (headerOf(headers, 'dpop') !== undefined) return 'Its DPoP proof counts once: a server that remembers it refuses the copy.';
  return valueOf(formParameters(body), 'client_assertion') === undefined ? null : 'Its client assertion counts once: a server that remembers it refuses the copy.';
}

function costOf(exchange: Pick<Exchange, 'purpose' | 'method' | 'request'>): { label: ReplayLabel; why: string } {
  switch (exchange.purpose) {
    case 'revocation': return { label: 'may-end-the-session', why: 'Revokes a token, and at many servers the whole grant.' };
    case 'end-session': return { label: 'may-end-the-session', why: 'Signs the user out.' };
    case 'token': return tokenReplayLabel(valueOf(formParameters(messageParts(exchange.request).body), 'grant_type'));
    case 'par': return { label: 'safe-to-repeat', why: 'Pushes a new authorization request; the earlier one stays.' };
    case 'discovery': case 'jwks': case 'userinfo': case 'introspection': return { label: 'safe-to-repeat', why: 'Only reads.' };
    case 'resource': case 'other': return exchange.method === 'GET' || exchange.method === 'HEAD'
      ? { label: 'safe-to-repeat', why: 'A read request.' } : { label: 'may-end-the-session', why: 'A writing request whose effect is not known.' };
    default: return { label: 'may-end-the-session', why: 'Its effect is not known.' };
  }
}

/** The same for a token request, by its grant type. */
export function tokenReplayLabel(grant: string | undefined): { label: ReplayLabel; why: string } {
  switch (grant) {
    case 'client_credentials': return { label: 'safe-to-repeat', why: 'Asks for another token; nothing is spent.' };
    case 'refresh_token': return { label: 'may-end-the-session', why: 'Uses the refresh token again: where tokens rotate, a second use revokes the whole family.' };
    default: return { label: 'spends-the-grant', why: 'Redeems the code or grant: it works once, and a second use may revoke the tokens of the first.' };
  }
}
