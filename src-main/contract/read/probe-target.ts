import type { Exchange } from '../exchange.ts';
import type { ProbeId } from '../run.ts';
import { formParameters, messageParts, utf8Of, valueOf } from './http.ts';
import type { RunState, TokenState } from './run-state.ts';

/** A code with the request it came from, as far as the Run recorded them. */
export interface RedeemedCode {
  code: string;
  /** redirect_uri of the authorization request. */
  authorized: string;
  /** redirect_uri of the token request; absent where it sent none. */
  sent?: string;
  codeVerifier?: string;
  nonce?: string;
}

/**
 * The refused request that a probe or a fix is about: the one named, or the last refused one.
 *
 * @returns `null` where the Run has no such exchange (a refusal at the redirect URI has none)
 */
export function refusedExchange(state: RunState, exchangeId?: string): Exchange | null {
  const id = exchangeId ?? state.refusals.at(-1)?.exchangeId;
  return id === undefined ? null : (state.exchanges.get(id)?.exchange ?? null);
}

/** The token a probe asks about: the refused refresh token, else the last live refresh token, else (introspection only) the last access token. */
export function tokenToProbe(state: RunState, probe: Extract<ProbeId, 'introspect' | 'refresh-once-more'>, exchangeId?: string): TokenState | null {
  const refused = refusedExchange(state, exchangeId);
  const sent = refused === null ? undefined : sentRefreshToken(refused);
  const refresh = state.tokens.filter(({ record }) => record.kind === 'refresh_token');
  const token = (sent === undefined ? undefined : refresh.findLast(({ record }) => record.value === sent)) ?? refresh.findLast(({ fate }) => fate === 'live');
  if (token !== undefined || probe === 'refresh-once-more') return token ?? null;
  return state.tokens.findLast(({ record }) => record.kind === 'access_token') ?? refresh.at(-1) ?? null;
}

/** The refresh token a request sent in its body. */
export function sentRefreshToken(exchange: Exchange): string | undefined {
  return valueOf(bodyParameters(exchange), 'refresh_token');
}

/** The code a token request sent, and what was authorized for it; `null` where it sent none or the authorization is not recorded. */
export function redeemedCode(state: RunState, exchange: Exchange | null): RedeemedCode | null {
  if (exchange === null) return null;
  const parameters = bodyParameters(exchange);
  const code = valueOf(parameters, 'code');
  const callback = code === undefined ? undefined : state.callbacks.findLast((one) => valueOf(one.parameters, 'code') === code);
  const returned = callback && valueOf(callback.parameters, 'state');
  const request = returned === undefined ? undefined : state.authorizations.findLast((one) => one.state === returned);
  if (code === undefined || request === undefined) return null;
  const sent = valueOf(parameters, 'redirect_uri');
  return {
    code, authorized: request.redirectUri,
    ...(sent !== undefined && { sent }),
    ...(request.codeVerifier !== undefined && { codeVerifier: request.codeVerifier }),
    ...(request.nonce !== undefined && { nonce: request.nonce }),
  };
}

/**
 * The refresh token of a refused request that can be used once more: the server complained about something before it got to the token,
 * or the token is not the refused one. `null` where only a new authorization helps.
 */
export function unspentRefreshToken(state: RunState, exchangeId?: string): TokenState | null {
  const refused = refusedExchange(state, exchangeId);
  if (refused === null || valueOf(bodyParameters(refused), 'grant_type') !== 'refresh_token') return null;
  const token = tokenToProbe(state, 'refresh-once-more', refused.id);
  const error = state.refusals.find((one) => one.exchangeId === refused.id)?.error.error ?? null;
  const reached = error === null || error === 'invalid_grant';
  return token !== null && (token.fate === 'live' || (token.fate === 'refused' && !reached)) ? token : null;
}

function bodyParameters(exchange: Exchange): { name: string; value: string }[] {
  return formParameters(utf8Of(messageParts(exchange.request).body));
}
