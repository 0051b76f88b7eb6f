import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomNonce } from 'oauth4webapi';
import type { Environment, ResponseMode } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import type { Pairs } from './extra-parameters.ts';
import { withExtras } from './extra-parameters.ts';

/** The authorization request before it is decided how it travels. */
export interface Wanted { parameters: Pairs; codeVerifier?: string }

/**
 * The parameters of the authorization request, extras laid over ours.
 *
 * @param state as it will be sent
 * @param proof binds the code to a key (RFC 9449 §10)
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 */
export async function authorizationParameters({ environment, client }: FlowContext, redirectUri: string, state: string, proof: Pairs = []): Promise<Wanted> {
  const { request = {}, pkce } = environment;
  const scope = environment.scope.trim();
  const codeVerifier = pkce === 'off' ? undefined : generateRandomCodeVerifier();
  const challenge: Pairs = codeVerifier === undefined ? [] : [
    ['code_challenge', pkce === 'S256' ? await calculatePKCECodeChallenge(codeVerifier) : codeVerifier], ['code_challenge_method', pkce],
  ];
  const named: readonly (readonly [string, string | number | undefined])[] = [
    ['response_mode', request.responseMode], ['prompt', request.prompt], ['max_age', request.maxAge], ['login_hint', request.loginHint],
    ['ui_locales', request.uiLocales], ['acr_values', request.acrValues], ['claims', request.claims], ['authorization_details', request.authorizationDetails],
  ];
  const asksIdToken = scope.split(' ').includes('openid') || request.responseType === 'code id_token';
  const ours: Pairs = [
    ['response_type', request.responseType ?? 'code'], ['client_id', client.clientId], ['redirect_uri', redirectUri],
    ...pairsOf([['scope', scope]]), ['state', state],
    ...(asksIdToken ? [['nonce', generateRandomNonce()] as [string, string]] : []),
    ...challenge, ...proof, ...pairsOf(named), ...resourceParameters(environment),
  ];
  return { parameters: withExtras(ours, environment.authorizationParameters), ...(codeVerifier !== undefined && { codeVerifier }) };
}

function pairsOf(named: readonly (readonly [string, string | number | undefined])[]): Pairs {
  return named.flatMap(([name, value]): Pairs => (value === undefined || value === '' ? [] : [[name, String(value)]]));
}

/** One `resource` for each, in the authorization request and in every token request (RFC 8707 §2.1 and §2.2). */
export function resourceParameters(environment: Environment): Pairs {
  return (environment.request?.resources ?? []).map((resource): [string, string] => ['resource', resource]);
}

/** Every resource that is asked for, named and typed. */
export function resourcesOf({ request, authorizationParameters }: Environment): string[] {
  const byHand = authorizationParameters.filter(({ name, value }) => name === 'resource' && value !== '').map(({ value }) => value);
  return byHand.length > 0 ? byHand : [...request?.resources ?? []];
}

/** The value of a parameter as it is sent; the last one where it stands twice, none where it is empty (RFC 6749 §3.1). */
export function sent(parameters: Pairs, wanted: string): string | undefined {
  return parameters.findLast(([name]) => name === wanted)?.[1] || undefined;
}

/** The value a person gave a parameter by hand; it replaces ours, and is what the answer is held against. */
export function typed(environment: Environment, wanted: string): string | undefined {
  return environment.authorizationParameters.findLast(({ name }) => name === wanted)?.value;
}

/** How the answer is going to come: what is asked for, or what the response type brings by itself (OAuth 2.0 Multiple Response Types §2.1, §5). */
export function expectedMode(environment: Environment): ResponseMode | (string & {}) {
  const asked = typed(environment, 'response_mode') || environment.request?.responseMode;
  const hybrid = (typed(environment, 'response_type') ?? environment.request?.responseType ?? 'code') !== 'code';
  if (asked === 'jwt') return hybrid ? 'fragment.jwt' : 'query.jwt';
  return asked ?? (hybrid ? 'fragment' : 'query');
}
