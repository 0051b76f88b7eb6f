import type { ClientAuth } from 'oauth4webapi';
import { ClientSecretPost, None } from 'oauth4webapi';
import { importJWK } from 'jose';
import { createPrivateKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import type { Environment, Problem, Result } from '../contract/index.ts';
import { fail, ok, unreachable, usesClientSecret } from '../contract/index.ts';
import { algorithmFor } from './client-auth/client-keys.ts';
import type { AssertionKey } from './client-auth/assertion.ts';
import { ASSERTION_LIFETIME, audienceOf, clientAssertion } from './client-auth/assertion.ts';
import type { ClientKey } from './client-key.ts';
import type { FlowContext } from './context.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * How the client of this Run authenticates, for every request that does: token, PAR, revocation, introspection, device authorization.
 * What it needs and is not there is said here, before anything is sent. A certificate is shown by the connection, see `trust.ts`.
 *
 * @param secret sent instead of the stored one: a wrong one on purpose
 * @returns for oauth4webapi; called again for each request, so that an assertion is never used twice
 * @see https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication
 * @see https://www.rfc-editor.org/rfc/rfc8705#section-2
 */
export async function clientAuthentication(context: FlowContext, { secret = context.client.secret }: { secret?: string | null } = {}): Promise<Result<ClientAuth>> {
  const method = context.client.authMethod;
  if (usesClientSecret(method) && secret === null) return fail(secretMissing(context));
  switch (method) {
    case 'client_secret_basic': return ok(basic(secret ?? '', context.environment.clientAuth?.basicEncoding ?? 'form'));
    case 'client_secret_post': return ok(ClientSecretPost(secret ?? ''));
    case 'none': return ok(None());
    case 'client_secret_jwt': return ok(byAssertion(context, macKey(context.environment, secret ?? '')));
    case 'private_key_jwt': {
      const key = await signingKey(context);
      return key.ok ? ok(byAssertion(context, key.value)) : key;
    }
    case 'tls_client_auth':
    case 'self_signed_tls_client_auth': {
      const certificate = await context.client.clientCertificate?.() ?? ok(null);
      if (!certificate.ok) return certificate;
      return certificate.value === null ? fail(certificateMissing) : ok(None());
    }
    default: return unreachable(method);
  }
}

/**
 * HTTP Basic with id and secret form-encoded as a browser encodes a form. oauth4webapi's own also escapes `-`, `_` and `.`;
 * servers that forget to decode then see another client id, so we send what nearly every client sends.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
function basic(secret: string, encoding: 'form' | 'raw'): ClientAuth {
  const encode = encoding === 'raw' ? (value: string): string => value : formEncoded;
  return (_server, client, _body, headers) => {
    const credentials = `${encode(client.client_id)}:${encode(secret)}`;
    headers.set('authorization', `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`);
  };
}

/** One value in application/x-www-form-urlencoded, as the URL Standard serialises it. */
export function formEncoded(value: string): string {
  return new URLSearchParams([['', value]]).toString().slice(1);
}

/** @see https://www.rfc-editor.org/rfc/rfc7521#section-4.2 */
function byAssertion({ environment, ports }: FlowContext, key: AssertionKey): ClientAuth {
  const { audience, typedAudience, lifetime = ASSERTION_LIFETIME } = environment.clientAuth?.assertion ?? {};
  return async (server, client, body) => {
    body.set('client_id', client.client_id);
    body.set('client_assertion_type', ASSERTION_TYPE);
    body.set('client_assertion', await clientAssertion(key, {
      clientId: client.client_id, now: Math.floor(ports.clock.read().at / 1000), lifetime,
      audience: audienceOf({ ...(audience && { audience }), ...(typedAudience !== undefined && { typedAudience }) }, server.issuer, server.token_endpoint),
    }));
  };
}

function macKey({ clientAuth }: Environment, secret: string): AssertionKey {
  return { key: new TextEncoder().encode(secret), alg: clientAuth?.assertion?.mac ?? 'HS256', kid: clientAuth?.assertion?.kid };
}

async function signingKey(context: FlowContext): Promise<Result<AssertionKey>> {
  const stored = await context.client.signingKey?.() ?? null;
  if (stored === null) return fail(keyMissing);
  const { alg: wished, kid = stored.kid } = context.environment.clientAuth?.assertion ?? {};
  return importSigningKey(stored, wished ?? stored.alg, kid);
}

/** A key ready to sign with an algorithm, or why it cannot. */
export async function importSigningKey({ jwk }: ClientKey, wished: string, kid: string | undefined): Promise<Result<AssertionKey>> {
  const alg = algorithmFor(createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' }), wished);
  if (!alg.ok) return alg;
  return ok({ key: await importJWK({ ...jwk, alg: alg.value }, alg.value), alg: alg.value, kid });
}

function secretMissing(context: FlowContext): Problem {
  return {
    code: 'secret-missing',
    message: `There is no client secret to send with ${context.client.authMethod}.`,
    why: 'The environment authenticates the client with a secret, and none is stored for it.',
    next: 'Edit the environment: enter the client secret, or choose "none" for a public client.',
    field: 'client.secret',
  };
}

const keyMissing: Problem = {
  code: 'client-key-missing', message: 'There is no private key to sign the client assertion with.',
  why: 'private_key_jwt (RFC 7523) proves the client with a signature, and no key is stored for this environment.',
  next: 'Edit the environment: generate or import a key, and register its public JWK at the provider.', field: 'clientAuth.key',
};

const certificateMissing: Problem = {
  code: 'client-certificate-missing', message: 'There is no client certificate to show.',
  why: 'The environment authenticates the client in the TLS handshake (RFC 8705), and no certificate with its key is stored for it.',
  next: 'Edit the environment: generate or import a certificate with its key.', field: 'clientAuth.certificate',
};

