import type { Spec, Topic } from '../rows/line.ts';
import { byNature, telling, unnamed } from './spec.ts';

const list = (why: string, section: string, topics: readonly Topic[] = []): Spec => telling('set', { why, section, topics });
const OAUTH = 'RFC 8414 §2';

const table: Readonly<Record<string, Spec>> = {
  issuer: telling('url', { why: 'tokens have to name this issuer, character by character', section: OAUTH, topics: ['issuer'] }),
  token_endpoint: telling('url', { why: 'codes are redeemed there', section: OAUTH, topics: ['endpoint'] }),
  authorization_endpoint: telling('url', { why: 'the sign-in begins there', section: OAUTH, topics: ['endpoint'] }),
  scopes_supported: list('a scope a server does not know is refused or left out', OAUTH, ['scope']),
  response_types_supported: list('another response type is refused', OAUTH, ['response-type']),
  response_modes_supported: list('another response mode is refused or ignored', OAUTH, ['response-type']),
  grant_types_supported: list('a grant that is not offered is refused with unsupported_grant_type', OAUTH, ['grant-type', 'refresh']),
  token_endpoint_auth_methods_supported: list('a client that proves itself in another way is refused with invalid_client', OAUTH, ['client-auth']),
  token_endpoint_auth_signing_alg_values_supported: list('an assertion signed with another algorithm is refused', OAUTH, ['client-auth', 'assertion']),
  code_challenge_methods_supported: list('a server that knows no S256 takes the challenge as plain text or ignores it', 'RFC 7636 §6.2', ['pkce']),
  id_token_signing_alg_values_supported: list('a client that expects another algorithm refuses the ID token', 'OIDC Discovery §3'),
  subject_types_supported: list('pairwise subjects are another one for each client', 'OIDC Discovery §3', ['user']),
  dpop_signing_alg_values_supported: list('a proof signed with another algorithm is refused', 'RFC 9449 §5.1', ['proof']),
  acr_values_supported: list('another sign-in strength is not offered', 'OIDC Discovery §3', ['user']),
  require_pushed_authorization_requests: telling('value', { why: 'a request that was not pushed is refused', section: 'RFC 9126 §5', topics: ['parameter'] }),
  authorization_response_iss_parameter_supported: telling('value', { why: 'the answer then has to name its issuer', section: 'RFC 9207 §3', topics: ['issuer'] }),
  tls_client_certificate_bound_access_tokens: telling('value', { section: 'RFC 8705 §3.3', topics: ['client-auth'] }),
  ui_locales_supported: byNature('set'), claims_locales_supported: byNature('set'), claims_supported: byNature('set'),
  service_documentation: byNature('url'), op_policy_uri: byNature('url'), op_tos_uri: byNature('url'), signed_metadata: byNature('presence'),
};

const endpoint = telling('url', { why: 'what is offered at one and not at the other cannot be used there', section: OAUTH, topics: ['endpoint'] });
const sets = unnamed('set', { section: OAUTH });
const flags = unnamed('json', { section: OAUTH });

/** How a member of the provider's metadata is compared. */
export function metadataSpec(name: string, value: unknown): Spec {
  if (Object.hasOwn(table, name)) return table[name] as Spec;
  if (/_(?:endpoint|uri|iframe)$/.test(name)) return endpoint;
  return Array.isArray(value) ? sets : flags;
}
export const METADATA = Object.keys(table);
