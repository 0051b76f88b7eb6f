import type { ClientAuthMethod } from '../../contract/environment.ts';
import type { Fix } from '../../contract/fix.ts';
import type { CauseId } from '../cause-ids.ts';
import type { FixCase } from './tools.ts';
import { atProvider, corrected, edit, issuerField } from './tools.ts';

type Makers = Partial<Record<CauseId, (c: FixCase) => Fix[]>>;

const secretField = (reason: string): Fix => edit('client.secret', 'Open the client secret', reason);
const idField = (reason: string): Fix => edit('client.id', 'Open the client id', reason);
const methodField = (reason: string): Fix => edit('client.authMethod', 'Open the authentication method', reason);

const names: Record<string, string> = { client_secret_basic: 'in the Authorization header', client_secret_post: 'in the body', none: 'without a secret' };

/** The other way of sending a secret; a method without one has no other. */
function otherMethod({ authMethod }: FixCase): Fix[] {
  const to: ClientAuthMethod | null = authMethod === 'client_secret_basic' ? 'client_secret_post' : authMethod === 'client_secret_post' ? 'client_secret_basic' : null;
  return to === null ? [] : [corrected({ change: 'auth-method', to }, `Run again with the secret ${names[to] ?? ''}`, `Some servers take it only there (${to}).`)];
}

function asConfigured({ provoked }: FixCase): Fix[] {
  return provoked ? [corrected({ change: 'as-configured' }, 'Run again with the stored secret', 'This mistake was made on purpose; the stored secret was not sent.')] : [];
}

/** Fixes of what is wrong with the client, its secret or how it is sent. */
export const clientFixes: Makers = {
  client_secret_invalid: (c) => [
    ...asConfigured(c),
    secretField('Enter its value again, without spaces or line breaks around it.'),
    atProvider(c, 'Open the registration of this very client.', 'Create a new client secret, or copy the value of the present one (not its id).'),
  ],
  client_secret_expired: (c) => [
    atProvider(c, 'Open the registration of this client and its secrets.', 'Create a new secret and note when it ends.'),
    secretField('Enter the new secret.'),
  ],
  client_secret_missing: (c) => [
    ...(c.authMethod === 'none' ? [methodField('The client is registered as a confidential one; choose how it sends its secret.')] : []),
    secretField('Enter the client’s secret.'),
    atProvider(c, 'Or register the client as a public one (token_endpoint_auth_method “none”).'),
  ],
  client_secret_unexpected: (c) => [
    corrected({ change: 'auth-method', to: 'none' }, 'Run again without the secret', 'A public client names itself and sends no secret (RFC 6749 §2.1).'),
    methodField('Choose “none” for a public client.'),
    atProvider(c, 'Or register the client as a confidential one.'),
  ],
  client_unknown: (c) => [
    idField('Copy the client id again, for this tenant or environment.'),
    issuerField(c, 'The client may be registered at another tenant, realm or environment than this.'),
    atProvider(c, 'Look the client up by its id in the very tenant, realm or project the issuer names.'),
  ],
  client_credentials_rejected: (c) => [secretField('Enter the secret’s value again.'), idField('Copy the client id again.'), ...otherMethod(c)],
  client_auth_method_wrong: (c) => [
    ...otherMethod(c),
    methodField('Choose the method the client is registered for.'),
    atProvider(c, 'Look up how the client is set to authenticate (token_endpoint_auth_method).'),
  ],
  client_auth_encoding: (c) => [
    ...(c.authMethod === 'client_secret_basic' ? [
      corrected({ change: 'basic-encoding', formEncode: true }, 'Run again, id and secret form-encoded', 'RFC 6749 §2.3.1 has them form-encoded before base64.'),
      corrected({ change: 'basic-encoding', formEncode: false }, 'Run again, id and secret raw', 'Some servers do not decode them.'),
    ] : []),
    ...otherMethod(c),
    methodField('In the body the secret is encoded like any other parameter.'),
  ],
  client_type_mismatch: (c) => [
    atProvider(c, 'Open the registration and look at the kind of app (web, single-page, native).', 'Register the redirect URI under the kind that fits how this client behaves.'),
    methodField('Or send, or leave out, the secret as that kind of app does.'),
  ],
  client_disabled: (c) => [atProvider(c, 'Open the registration of the client.', 'Enable it, or ask the administrator why it was disabled.')],
  grant_type_not_allowed: (c) => [atProvider(c, 'Open the registration of the client.', 'Allow the grant types authorization code and refresh token.')],
  unsupported_grant_type: (c) => [
    ...(c.extras.has('grant_type') ? [
      corrected({ change: 'without-parameters', names: ['grant_type'] }, 'Run again without the extra grant_type', 'An extra parameter of the environment replaces the standard’s own.'),
      edit('tokenParameters', 'Open the extra token parameters', 'One of them is grant_type.'),
    ] : []),
    issuerField(c, 'Check that the token endpoint is this server’s.'),
    atProvider(c, 'Look up which grant types the server offers (grant_types_supported).'),
  ],
  dpop_binding: (c) => [
    corrected({ change: 'as-configured' }, 'Run again with a fresh proof', 'Each request needs its own proof, for its method and URL (RFC 9449 §4.2).'),
    atProvider(c, 'Look up whether the client is set to demand DPoP-bound tokens (dpop_bound_access_tokens).'),
  ],
  assertion_claims: (c) => [
    corrected({ change: 'as-configured' }, 'Run again with a fresh assertion', 'Each request needs its own assertion, not yet expired, with a jti of its own (RFC 7523 §3).'),
    idField('iss and sub of the assertion are the client id.'),
    atProvider(c, 'Look up which aud the server expects: its issuer or its token endpoint.', 'Check that the client’s public key is the registered one.'),
  ],
};
