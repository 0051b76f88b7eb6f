import type { Fix } from '../../contract/fix.ts';
import type { CauseId } from '../cause-ids.ts';
import type { FixCase } from './tools.ts';
import { atProvider, authorizeAgain, corrected, edit, issuerField, wait } from './tools.ts';

type Makers = Partial<Record<CauseId, (c: FixCase) => Fix[]>>;

const asAuthorized = (): Fix => corrected({ change: 'redirect-as-authorized' }, 'Run again with the authorized redirect URI', 'The token request has to repeat it character for character (RFC 6749 §4.1.3).');
const asMade = (): Fix => corrected({ change: 'verifier-as-made' }, 'Run again with the verifier the challenge was made from', 'The server hashes the verifier and compares (RFC 7636 §4.6).');
const pathField = (reason: string): Fix => edit('redirect.path', 'Open the redirect URI', reason);
const pkceField = (reason: string): Fix => edit('pkce', 'Open PKCE', reason);
const extrasField = (reason: string): Fix => edit('tokenParameters', 'Open the extra token parameters', reason);

const extra = (c: FixCase, name: string): Fix[] => (c.extras.has(name) ? [extrasField(`One of them is ${name}, and replaces the right value.`)] : []);

/** Fixes of what is wrong with the request itself: redirect URI, PKCE, parameters, endpoint, form. */
export const requestFixes: Makers = {
  redirect_uri_mismatch_token: (c) => [asAuthorized(), ...extra(c, 'redirect_uri'), pathField('Check the redirect URI of the environment.')],
  redirect_uri_not_registered: (c) => [
    pathField('Make it the registered one: scheme, host, port, path and trailing slash.'),
    edit('redirect.host', 'Open the redirect host', '127.0.0.1 and localhost are two different redirect URIs.'),
    atProvider(c, 'Open the registration of the client and its redirect URIs.', 'Add the redirect URI exactly as it is sent, under the right kind of app.'),
  ],
  redirect_uri_mismatch_any: (c) => [asAuthorized(), pathField('Compare it with the registered one.'), atProvider(c, 'Compare the registered redirect URIs with the one sent, character for character.')],
  redirect_uri_missing: (c) => [asAuthorized(), ...extra(c, 'redirect_uri')],
  pkce_mismatch: (c) => [asMade(), ...extra(c, 'code_verifier')],
  pkce_verifier_missing: (c) => [asMade(), ...extra(c, 'code_verifier'), pkceField('Verifier and challenge are sent together, or neither.')],
  pkce_unexpected_verifier: (c) => [
    ...(c.extras.has('code_verifier') ? [corrected({ change: 'without-parameters', names: ['code_verifier'] }, 'Run again without the extra verifier', 'No challenge was sent for it.')] : []),
    corrected({ change: 'pkce', to: 'S256' }, 'Run again with PKCE', 'Sends a challenge, and the verifier that belongs to it.'), pkceField('Turn PKCE on, or take the extra verifier out.'),
  ],
  pkce_required: () => [corrected({ change: 'pkce', to: 'S256' }, 'Run again with PKCE (S256)', 'The server demands a challenge (RFC 9700 §2.1.1).'), pkceField('Set it to S256.')],
  pkce_malformed: (c) => [asMade(), corrected({ change: 'pkce', to: 'S256' }, 'Run again with S256', 'Some servers do not take “plain”.'), ...extra(c, 'code_verifier'), pkceField('Choose the method the server takes.')],
  missing_parameter: (c) => [extrasField('Check that none of them empties a parameter of the standard.'), atProvider(c, 'Look up which parameters this token endpoint requires beyond the standard’s.')],
  request_malformed: (c) => [
    ...(c.extras.size > 0 ? [corrected({ change: 'without-parameters', names: [...c.extras].slice(0, 50) }, 'Run again without the extra parameters', 'What is left is a request as the standard writes it.')] : []),
    corrected({ change: 'as-configured' }, 'Run again as a form', 'Grantscope sends a POST with application/x-www-form-urlencoded, every parameter once.'),
    extrasField('A duplicated or odd parameter may stand here.'),
  ],
  value_altered: () => [authorizeAgain('A fresh code or token, sent on unchanged.'), corrected({ change: 'as-configured' }, 'Run again, encoded once', 'Grantscope encodes each value once.')],
  token_endpoint_wrong: (c) => [
    ...(c.state.environment?.provider.kind === 'manual' ? [edit('provider.endpoints.token_endpoint', 'Open the token endpoint', 'Enter the one of the server’s metadata.')] : []),
    issuerField(c, 'The token endpoint comes from the issuer’s metadata.'),
    atProvider(c, 'Look up the token endpoint, the tenant or realm in its path included.'),
  ],
  token_endpoint_redirected: (c) => [
    ...(c.state.environment?.provider.kind === 'manual' ? [edit('provider.endpoints.token_endpoint', 'Open the token endpoint', 'Enter the address it redirects to.')] : []),
    issuerField(c, 'Use the address the server ends up at: https, with or without “www” or a trailing slash.'),
  ],
  scope_invalid: (c) => [edit('scope', 'Open the scope', 'Ask only for what the server offers and the client may use.'), atProvider(c, 'Look up which scopes exist, and which this client is allowed.')],
  refresh_scope: (c) => [...extra(c, 'scope'), edit('scope', 'Open the scope', 'A refresh may narrow the scope, never widen it (RFC 6749 §6).'), authorizeAgain('A wider scope needs a new authorization.')],
  wrong_tenant: (c) => [issuerField(c, 'Authorization and token endpoint have to be of one tenant, realm or authorization server.'), authorizeAgain('A grant of the other tenant is good only there.')],
  wrong_environment: (c) => [issuerField(c, 'Take both endpoints, client and secret from one and the same environment.'), edit('client.id', 'Open the client id', 'It may be the one of the other environment.'), authorizeAgain('A grant of the other environment is good only there.')],
  wrong_account_type: (c) => [issuerField(c, 'Use the endpoint for the kind of account that signs in.'), atProvider(c, 'Register the client for both kinds of accounts, or for the one that signs in.')],
  clock_skew: (c) => [
    { kind: 'provider-console', provider: null, label: 'Set the clock', url: null, source: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4', steps: ['Turn on network time (NTP) on this machine, and in the container or virtual machine that signs.', 'Put the time check again: the difference should be below a second or two.'] },
    corrected({ change: 'as-configured' }, 'Run again', 'After the clock is set.'),
    ...(c.knowledge === null ? [] : [atProvider(c, 'If the server’s clock is the wrong one, tell its operator.')]),
  ],
  rate_limited: (c) => [wait(c, 'The server says how long, or a minute is usual.'), atProvider(c, 'Look up the limits, and how many requests the client makes.')],
  server_error: (c) => [wait(c, 'A fault of the server may pass by itself.'), authorizeAgain('A code sent during the fault may be spent.'), atProvider(c, 'Give its support the time and the correlation id of the answer.')],
};
