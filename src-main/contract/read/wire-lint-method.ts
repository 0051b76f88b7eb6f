import type { Exchange } from '../exchange.ts';
import type { LintFinding } from './wire-lint.ts';
import { formParameters, headerOf, messageParts, valueOf } from './http.ts';
import { decodeJwt } from './jwt.ts';

/** Which member lists the methods of an endpoint (RFC 8414 §2); PAR and the device endpoint take those of the token endpoint (RFC 9126 §2, RFC 8628 §3.1). */
const listedIn: Partial<Record<Exchange['purpose'], string>> = {
  token: 'token_endpoint_auth_methods_supported', par: 'token_endpoint_auth_methods_supported', device: 'token_endpoint_auth_methods_supported',
  revocation: 'revocation_endpoint_auth_methods_supported', introspection: 'introspection_endpoint_auth_methods_supported',
};

/** The ways in which a request authenticates its client, by what stands in it: names of RFC 7591 §2, and `client_assertion`. */
export function authMethodsOf(exchange: Pick<Exchange, 'request'>): string[] {
  const { headers, body } = messageParts(exchange.request);
  const parameters = formParameters(body);
  const methods: string[] = [];
  if (/^basic /i.test(headerOf(headers, 'authorization') ?? '')) methods.push('client_secret_basic');
  if (valueOf(parameters, 'client_secret') !== undefined) methods.push('client_secret_post');
  if (valueOf(parameters, 'client_assertion') !== undefined) methods.push('client_assertion');
  return methods;
}

/** Whether the metadata offers the way in which the client authenticates. Nothing where it lists none, which says nothing. */
export function lintMethod(exchange: Exchange, metadata: Readonly<Record<string, unknown>> | undefined): LintFinding[] {
  const member = listedIn[exchange.purpose];
  const offered = member === undefined || metadata === undefined || !Object.hasOwn(metadata, member) ? undefined : metadata[member];
  const used = methodOf(exchange);
  if (!Array.isArray(offered) || used === null || used.names.some((name) => offered.includes(name))) return [];
  const words = offered.filter((word) => typeof word === 'string').slice(0, 8).map((word) => word.replace(/[^\x21-\x7e]/g, '?').slice(0, 60));
  return [{
    code: 'auth-method-not-in-metadata', blame: 'configuration', weight: 'odd', section: 'RFC 8414 §2', target: used.target,
    message: `${used.names[0] === 'none' ? 'The client does not authenticate (none)' : `${used.names.join(' or ')} is used`}, and the metadata offers ${words.join(', ') || 'nothing'}.`,
  }];
}

/** The method a request uses, by its registered name; two of them where the request alone does not tell. `null` where that cannot be said. */
function methodOf(exchange: Exchange): { names: string[]; target: LintFinding['target'] } | null {
  const parameters = formParameters(messageParts(exchange.request).body);
  const [used] = authMethodsOf(exchange);
  switch (used) {
    case 'client_secret_basic': return { names: [used], target: { part: 'request-header', name: 'Authorization' } };
    case 'client_secret_post': return { names: [used], target: { part: 'request-body', name: 'client_secret' } };
    case 'client_assertion': {
      const { header } = decodeJwt(valueOf(parameters, 'client_assertion') ?? '');
      const alg = header?.['alg'];
      // OIDC Core §9: a MAC is made with the secret, a signature with the private key.
      return typeof alg === 'string' ? { names: [alg.startsWith('HS') ? 'client_secret_jwt' : 'private_key_jwt'], target: { part: 'request-body', name: 'client_assertion' } } : null;
    }
    default: {
      if (valueOf(parameters, 'client_id') === undefined) return null;
      const target = { part: 'request-body', name: 'client_id' } as const;
      return exchange.tls?.clientCertificate ? { names: ['tls_client_auth', 'self_signed_tls_client_auth'], target } : { names: ['none'], target };
    }
  }
}
