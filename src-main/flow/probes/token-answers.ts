import type { Exchange, StepState } from '../../contract/index.ts';
import { errorOf } from '../steps/token-endpoints.ts';
import type { Conclusion } from './probing.ts';
import { answeredExchange, foreignWord, receivedTokens } from './probing.ts';

/** Everything that is settled before a server looks at the code. */
export const CLIENT_CAUSES = [
  'client_secret_invalid', 'client_secret_expired', 'client_secret_missing', 'client_secret_unexpected', 'client_unknown',
  'client_credentials_rejected', 'client_auth_method_wrong', 'client_auth_encoding', 'client_disabled',
];
const REFRESH_DEAD = [
  'refresh_expired', 'refresh_expired_inactive', 'refresh_invalid', 'refresh_invalid_or_revoked', 'refresh_revoked', 'refresh_reused', 'refresh_limit', 'session_ended',
];
const ONE_CODE = ['code_expired', 'code_reused', 'code_invalid', 'code_invalid_or_expired', 'code_wrong_client', 'value_altered'];

// Besides RFC 6749 §5.2: GitHub's words for the same two answers.
const RIGHT = new Set(['invalid_grant', 'bad_verification_code']);
const WRONG = new Set(['invalid_client', 'incorrect_client_credentials']);

/** `invalid_grant (400)`, for a sentence. */
export function answerText(exchange: Exchange): string {
  const error = errorOf(exchange);
  const status = exchange.response?.status ?? 0;
  return error === null ? `status ${status}` : error.error === null ? `status ${status} without an OAuth error` : `${foreignWord(error.error)} (${status})`;
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export function clientCheckAnswer(step: StepState): Conclusion | null {
  const exchange = answeredExchange(step);
  if (exchange === null) return null;
  const error = errorOf(exchange)?.error ?? null;
  const found = { finding: `The meaningless code was answered with ${answerText(exchange)}.`, exchange };
  if (error !== null && RIGHT.has(error)) {
    return { ...found, meaning: 'The client credentials are right: the server got past them and complained about the code.', supports: [], excludes: CLIENT_CAUSES };
  }
  if ((error !== null && WRONG.has(error)) || (exchange.response?.status === 401 && error !== 'unauthorized_client')) {
    return {
      ...found, meaning: 'The client credentials are wrong, or are sent in a way the server does not accept.',
      supports: ['client_secret_invalid', 'client_credentials_rejected', 'client_unknown', 'client_auth_method_wrong', 'client_auth_encoding', 'client_secret_expired'], excludes: [],
    };
  }
  if (error === 'unauthorized_client') {
    return { ...found, meaning: 'The server knows the client and does not let it use the authorization code grant.', supports: ['grant_type_not_allowed'], excludes: [] };
  }
  return { ...found, meaning: 'The answer is neither invalid_client nor invalid_grant: it says nothing about the credentials.', supports: [], excludes: [] };
}

/** @param same the refused token itself was sent again, not a living one in its place */
export function refreshAnswer(step: StepState, same: boolean): Conclusion | null {
  const exchange = answeredExchange(step);
  if (exchange === null) return null;
  if (receivedTokens(step)) {
    return {
      finding: `The ${same ? 'refused' : 'live'} refresh token brought new tokens.`, exchange,
      meaning: same ? 'The grant lives: the refusal was a passing one.' : 'The grant and the client are good.',
      supports: same ? ['rate_limited', 'server_error', 'server_state_lost', 'refresh_concurrent'] : [], excludes: same ? [...REFRESH_DEAD, ...CLIENT_CAUSES, 'refresh_wrong_client'] : CLIENT_CAUSES,
    };
  }
  return {
    finding: `The refresh token was refused again: ${answerText(exchange)}.`, meaning: 'The refusal stands; waiting or repeating will not help.', exchange,
    supports: [], excludes: same && exchange.response !== null && exchange.response.status < 429 ? ['rate_limited', 'refresh_concurrent'] : [],
  };
}

/** @param before `error` of the refused request, to tell the same refusal from another one */
export function freshCodeAnswer(step: StepState, before: string | null | undefined): Conclusion | null {
  const exchange = answeredExchange(step);
  if (exchange === null) return null;
  if (receivedTokens(step)) {
    return {
      finding: 'A fresh code, redeemed at once, brought tokens.', exchange,
      meaning: 'Client, redirect URI and PKCE are right as configured: what was refused was that one request or its grant.',
      supports: ONE_CODE,
      excludes: [...CLIENT_CAUSES, 'client_type_mismatch', 'grant_type_not_allowed', 'unsupported_grant_type', 'redirect_uri_not_registered', 'pkce_required', 'consent_missing',
        'user_not_assigned', 'user_not_in_tenant', 'user_disabled', 'policy_blocked', 'app_access_restricted', 'token_endpoint_wrong', 'scope_invalid'],
    };
  }
  const same = before !== undefined && (errorOf(exchange)?.error ?? null) === before;
  return {
    finding: `A fresh code, redeemed at once, was refused too: ${answerText(exchange)}.`, exchange,
    meaning: same ? 'It is not the age or an earlier use of the code: something in the configuration is wrong.' : 'The fresh code failed on something else, which has to be put right first.',
    supports: [], excludes: same ? ['code_expired', 'code_reused', 'server_state_lost', 'rate_limited'] : [],
  };
}

export function authorizedRedirectAnswer(step: StepState): Conclusion | null {
  const exchange = answeredExchange(step);
  if (exchange === null) return null;
  if (receivedTokens(step)) {
    return {
      finding: 'The same code with the authorized redirect URI brought tokens.', meaning: 'The differing redirect URI was the only fault.', exchange,
      supports: ['redirect_uri_mismatch_token'], excludes: [...ONE_CODE, ...CLIENT_CAUSES, 'pkce_mismatch', 'pkce_verifier_missing', 'redirect_uri_not_registered', 'token_endpoint_wrong'],
    };
  }
  return {
    finding: `With the authorized redirect URI the code was refused too: ${answerText(exchange)}.`, exchange,
    meaning: 'Another fault stands beside the redirect URI, or the server dropped the code at the first attempt; a fresh code tells which.', supports: [], excludes: [],
  };
}

/** @param refused the token is the one that was refused */
export function introspectAnswer(step: StepState, refused: boolean): Conclusion | null {
  const exchange = answeredExchange(step);
  if (exchange === null) return null;
  const told = step.events.findLast((event) => event.type === 'token-introspected');
  const active = told?.type === 'token-introspected' ? told.active : null;
  if (active === true) {
    return { finding: 'Introspection says active: true.', meaning: 'The token lives, so it was refused for something else.', exchange, supports: refused ? ['refresh_wrong_client', 'dpop_binding', 'refresh_scope'] : [], excludes: refused ? REFRESH_DEAD : [] };
  }
  if (active === false) {
    return { finding: 'Introspection says active: false.', meaning: 'The token is expired, revoked, used up, or not this client’s (RFC 7662 §2.2).', exchange, supports: refused ? ['refresh_invalid_or_revoked'] : [], excludes: [] };
  }
  return { finding: `Introspection was answered with ${answerText(exchange)}.`, meaning: 'The server did not say whether the token lives; many let only certain clients ask.', exchange, supports: [], excludes: [] };
}
