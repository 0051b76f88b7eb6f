/** An OpenID client of the practice provider that is not ours (openid-client), so that the provider is tested against somebody else's reading. */
import * as client from 'openid-client';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { HttpUser } from '../browser/index.ts';

export const redirectUri = 'http://127.0.0.1:49152/any/path';

export function confidential(practice: PracticeProvider, method: (secret: string) => client.ClientAuth = client.ClientSecretBasic): Promise<client.Configuration> {
  const { issuer, clients } = practice.info;
  return client.discovery(new URL(issuer), clients.confidential.id, undefined, method(clients.confidential.secret), { execute: [client.allowInsecureRequests] });
}

export function publicClient(practice: PracticeProvider): Promise<client.Configuration> {
  const { issuer, clients } = practice.info;
  return client.discovery(new URL(issuer), clients.public.id, undefined, client.None(), { execute: [client.allowInsecureRequests] });
}

/** What a sign-in left in hand: the redirect with its code, and what its redemption needs. */
export interface SignedIn { callback: URL; checks: client.AuthorizationCodeGrantChecks }

/** Signs in as a person over HTTP and stops at the redirect. */
export async function signIn(configuration: client.Configuration, parameters: Record<string, string> = {}, deny = false): Promise<SignedIn> {
  const [pkceCodeVerifier, expectedState] = [client.randomPKCECodeVerifier(), client.randomState()];
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri, scope: 'openid profile email', state: expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256', ...parameters,
  });
  const ended = await new HttpUser().signIn(url.href, { deny, until: parameters['redirect_uri'] ?? redirectUri });
  return { callback: new URL(ended.url), checks: { pkceCodeVerifier, expectedState } };
}

/** Redeems the code. @throws what openid-client throws; a refusal is a ResponseBodyError with the OAuth error in `error` */
export function redeem(configuration: client.Configuration, { callback, checks }: SignedIn): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers> {
  return client.authorizationCodeGrant(configuration, callback, checks);
}
