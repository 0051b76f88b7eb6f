import type { Topic } from '../rows/line.ts';

/** What a cause of a refusal is about, by the beginning of its id (docs/causes.md). The longest beginning counts. */
const table: readonly (readonly [string, readonly Topic[]])[] = [
  ['redirect_uri', ['redirect-uri']], ['pkce', ['pkce']],
  ['client_secret', ['client-auth']], ['client_credentials', ['client-auth', 'client-id']], ['client_auth', ['client-auth']], ['client_unknown', ['client-id', 'issuer']],
  ['client_type', ['client-auth', 'client-id']], ['client_disabled', ['client-id']],
  ['code_expired', ['code-age']], ['code_reused', ['code']], ['code_invalid', ['code', 'code-age']], ['code_wrong_client', ['client-id']], ['value_altered', ['code', 'redirect-uri', 'format']],
  ['server_state', ['endpoint']], ['grant_type', ['grant-type']], ['unsupported_grant', ['grant-type']],
  ['refresh', ['refresh']], ['refresh_wrong_client', ['client-id', 'client-auth', 'refresh']], ['refresh_scope', ['scope']], ['scope', ['scope']],
  ['session', ['user', 'refresh']], ['signin', ['user', 'refresh']], ['reauth', ['user']], ['credential', ['user']], ['user', ['user']], ['mfa', ['user']], ['policy', ['user']], ['consent', ['scope', 'user']],
  ['app_access', ['user', 'client-id']], ['wrong_tenant', ['issuer', 'endpoint']], ['wrong_environment', ['issuer', 'endpoint', 'client-id']], ['wrong_account', ['user', 'issuer']],
  ['clock', ['clock', 'assertion']], ['missing_parameter', ['parameter', 'grant-type', 'client-auth', 'pkce', 'redirect-uri', 'code', 'refresh']], ['request_malformed', ['format', 'parameter']],
  ['token_endpoint', ['endpoint']], ['assertion', ['assertion', 'clock']], ['dpop', ['proof']], ['rate', ['limits']],
];

/** @param causeId e.g. `redirect_uri_mismatch_token` */
export function topicsOf(causeId: string): readonly Topic[] {
  return table.filter(([beginning]) => causeId.startsWith(beginning)).sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? [];
}
