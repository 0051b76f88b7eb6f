import type { Environment, Problem, SecretState } from '../contract/index.ts';
import { usesClientSecret } from '../contract/index.ts';
import { httpUrlOf, isLoopback, quotedUrl } from './hosts.ts';
import { scopeChecks } from './scope-checks.ts';
import { trustChecks } from './trust-checks.ts';

export interface SetupCheck {
  environment: Environment;
  /** Served or typed in; `null` while it is not known, then only the configuration is judged. */
  metadata: Readonly<Record<string, unknown>> | null;
  clientSecret: SecretState;
}

/**
 * What can be seen to go wrong before anything is sent, each with the field it belongs to. Nothing here stops a run: people try wrong
 * setups on purpose.
 */
export function setupChecks(check: SetupCheck): Problem[] {
  return [...issuerChecks(check), ...clientChecks(check), ...pkceChecks(check), ...redirectChecks(check), ...parameterChecks(check), ...scopeChecks(check), ...trustChecks(check.environment)];
}

/** The texts of a list member of the metadata; `null` where it is absent or no list, which says nothing. */
export function offered(metadata: SetupCheck['metadata'], name: string): string[] | null {
  const value = metadata && Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : null;
}

function listed(values: readonly string[]): string {
  return quotedUrl(values.slice(0, 20).join(', ') || 'none');
}

function issuerChecks({ environment: { provider }, metadata }: SetupCheck): Problem[] {
  const entered = provider.kind === 'discovery' ? provider.issuer : provider.kind === 'manual' ? provider.endpoints.issuer : undefined;
  const field = provider.kind === 'manual' ? 'provider.endpoints.issuer' : 'provider.issuer';
  const problems: Problem[] = [];
  const url = httpUrlOf(entered);
  if (url?.protocol === 'http:' && !isLoopback(url)) {
    problems.push({ code: 'issuer-insecure', message: 'The issuer is not encrypted.', why: 'Anybody on the way can read codes, tokens and the client secret, and change the metadata.', next: 'Use https://, unless this is a test network of your own.', field });
  }
  const stated = metadata?.['issuer'];
  if (entered !== undefined && typeof stated === 'string' && stated !== entered && stated.replace(/\/+$/, '') === entered.replace(/\/+$/, '')) {
    problems.push({ code: 'issuer-slash', message: `The issuer differs from the provider's in a slash at the end: ${quotedUrl(stated)}`, why: 'Issuers are compared by character, so iss in callbacks and ID tokens will not match.', next: `Enter ${quotedUrl(stated)}`, field });
  }
  if (provider.kind === 'manual' && provider.endpoints.jwks_uri === undefined) {
    problems.push({ code: 'jwks-missing', message: 'Without a jwks_uri signatures of ID tokens cannot be checked.', next: 'Enter the address of the key set if the provider has one.', field: 'provider.endpoints.jwks_uri' });
  }
  const grants = offered(metadata, 'grant_types_supported');
  if (grants && !grants.includes('authorization_code')) problems.push({ code: 'grant-not-offered', message: 'The provider does not list the grant type authorization_code.', why: `It lists: ${listed(grants)}.`, field });
  const responses = offered(metadata, 'response_types_supported');
  if (responses && !responses.includes('code')) problems.push({ code: 'response-type-not-offered', message: 'The provider does not list the response type code.', why: `It lists: ${listed(responses)}.`, field });
  return problems;
}

function clientChecks({ environment: { client, provider }, metadata, clientSecret }: SetupCheck): Problem[] {
  const problems: Problem[] = [];
  if (provider.kind === 'practice') return problems;
  if (client.id.trim() !== client.id) problems.push({ code: 'client-id-spaces', message: 'The client id begins or ends with a space.', why: 'It is sent as it is, and the provider will not know it.', next: 'Remove the space.', field: 'client.id' });
  const methods = offered(metadata, 'token_endpoint_auth_methods_supported');
  if (methods && !methods.includes(client.authMethod)) {
    problems.push({ code: 'auth-method-not-offered', message: `The provider does not list ${client.authMethod}.`, why: `It lists: ${listed(methods)}.`, next: 'Choose a listed method, or expect invalid_client.', field: 'client.authMethod' });
  }
  if (usesClientSecret(client.authMethod) && clientSecret !== 'stored' && clientSecret !== 'memory') problems.push(secretProblem(client.authMethod, clientSecret));
  return problems;
}

function secretProblem(method: string, state: Exclude<SecretState, 'stored' | 'memory'>): Problem {
  const field = 'client.secret';
  if (state === 'absent') return { code: 'secret-missing', message: `${method} needs a client secret, and none is stored.`, next: 'Enter the secret, or choose "none" for a public client.', field };
  return state === 'locked'
    ? { code: 'secret-locked', message: 'The client secret cannot be read: the keychain is locked.', next: 'Unlock the keychain and try again.', field }
    : { code: 'secret-unreadable', message: 'The client secret cannot be read: the keychain failed.', next: 'See the state of the keychain, then try again.', field };
}

function pkceChecks({ environment: { pkce, client }, metadata }: SetupCheck): Problem[] {
  const field = 'pkce';
  if (pkce === 'off') {
    return [{
      code: 'pkce-off', message: client.authMethod === 'none' ? 'A public client without PKCE.' : 'PKCE is off.',
      why: client.authMethod === 'none' ? 'Whoever gets the code can redeem it; RFC 9700 §2.1.1 requires PKCE of public clients.' : 'RFC 9700 §2.1.1 recommends it for every client, and some providers refuse requests without it.',
      next: 'Choose S256 unless you test this on purpose.', field,
    }];
  }
  const methods = offered(metadata, 'code_challenge_methods_supported');
  if (methods && !methods.includes(pkce)) {
    return [{ code: 'pkce-not-offered', message: `The provider does not list the PKCE method ${pkce}.`, why: `It lists: ${listed(methods)}.`, next: 'Choose a listed method.', field }];
  }
  return pkce === 'plain' ? [{ code: 'pkce-plain', message: 'PKCE with plain shows the verifier in the authorization request.', why: 'RFC 7636 §4.2 allows it only where S256 is impossible.', next: 'Choose S256.', field }] : [];
}

function redirectChecks({ environment: { redirect, provider } }: SetupCheck): Problem[] {
  if (redirect.host !== 'localhost' || provider.kind === 'practice') return [];
  return [{
    code: 'redirect-localhost', message: 'localhost and 127.0.0.1 are different redirect URIs.',
    why: 'Providers compare text. RFC 8252 §8.3 advises against localhost, which can resolve to another address; some providers accept any port only for 127.0.0.1.',
    next: 'Use the spelling that is registered at the provider.', field: 'redirect.host',
  }];
}

const ours = {
  authorizationParameters: new Set(['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce', 'code_challenge', 'code_challenge_method']),
  tokenParameters: new Set(['grant_type', 'code', 'redirect_uri', 'code_verifier', 'client_id', 'client_secret', 'refresh_token']),
};

function parameterChecks({ environment }: SetupCheck): Problem[] {
  return (['authorizationParameters', 'tokenParameters'] as const).flatMap((list) => environment[list].flatMap(({ name }, index) => (ours[list].has(name) ? [{
    code: 'parameter-reserved', message: `${name} is sent by the flow itself, so it would be there twice.`, why: 'RFC 6749 §3.1 and §3.2 forbid a parameter to stand twice; providers refuse it or take either.',
    next: 'Remove it here unless you test this on purpose.', field: `${list}.${index}.name`,
  }] : [])));
}
