import type { Spec } from '../rows/line.ts';
import { parameterSpec } from './parameters.ts';
import { byNature, ofRegistration, telling } from './spec.ts';

const table: Readonly<Record<string, Spec>> = {
  name: byNature(), 'provider.kind': telling('value'),
  'provider.issuer': telling('url', { why: 'it is another authorization server', topics: ['issuer'], judge: ofRegistration }),
  'client.id': parameterSpec('client_id'),
  'client.authMethod': telling('value', { why: 'a server accepts the method the client is registered for', section: 'RFC 6749 §2.3', topics: ['client-auth'] }),
  scope: parameterSpec('scope'),
  redirect: parameterSpec('redirect_uri'),
  pkce: telling('value', { why: 'it decides whether a challenge and its verifier are sent', section: 'RFC 7636 §4', topics: ['pkce'] }),
  grant: telling('value', { why: 'another flow asks for tokens in another way', topics: ['grant-type'] }),
  strict: byNature(),
};

/** How one setting is compared, by its path in the environment, e.g. `client.authMethod`. */
export function configurationSpec(path: string): Spec {
  if (Object.hasOwn(table, path)) return table[path] as Spec;
  if (path.startsWith('limits.') || path.startsWith('renewal.') || path.startsWith('allowedHosts')) return byNature();
  if (path.startsWith('provider.endpoints.')) return telling('url', { why: 'requests go there', topics: ['endpoint'], judge: ofRegistration });
  // Only the practice provider has such settings; beside another one they are of no use.
  if (path === 'provider.client') return byNature();
  if (path.startsWith('provider.lifetimes.')) return telling('value', { missing: 'expected', why: 'the practice provider lets it live so many seconds', topics: ['refresh', 'code-age'] });
  if (path.startsWith('trust.')) return telling('value', { why: 'it decides whether the connection is trusted', topics: ['connection'] });
  if (path.startsWith('dpop.')) return telling('value', { why: 'it decides how tokens are bound to a key', section: 'RFC 9449', topics: ['proof'] });
  if (path.startsWith('clientAuth.')) return telling('value', { why: 'it decides how the client proves itself', topics: ['client-auth'] });
  const [, name] = /^(?:authorizationParameters|tokenParameters)\.(.+)$/.exec(path) ?? [];
  return name === undefined ? telling('value', { why: 'it changes what is sent', topics: ['parameter'] }) : parameterSpec(name);
}
