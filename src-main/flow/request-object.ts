import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { Problem, Result } from '../contract/index.ts';
import { fail, ok } from '../contract/index.ts';
import type { ClientKey } from './client-key.ts';
import type { FlowContext } from './context.ts';
import { serverOf } from './context.ts';
import type { Pairs } from './extra-parameters.ts';

const LIFETIME = 300;
/** Stand outside as well: `client_id` by RFC 9101 §5, the others because OIDC Core §6.1 wants a valid OAuth request around the object. */
const outside = ['client_id', 'response_type', 'scope'];

/**
 * Puts the parameters into a JWT signed by the client: with its key, or with its secret (HS256) where it has none.
 *
 * @returns the parameters that are sent in their place: `request` and those that have to stand beside it; or `signing-key-missing`
 * @see https://www.rfc-editor.org/rfc/rfc9101#section-4
 */
export async function signedRequest(context: FlowContext, parameters: Pairs): Promise<Result<Pairs>> {
  const { client, environment } = context;
  const key = await client.signingKey?.() ?? null;
  if (key === null && client.secret === null) return fail(keyMissing);
  const now = Math.floor(context.ports.clock.read().at / 1000);
  const jwt = new SignJWT(claimsOf(parameters))
    .setIssuer(client.clientId).setAudience(serverOf(context).issuer).setIssuedAt(now).setNotBefore(now).setExpirationTime(now + LIFETIME).setJti(randomUUID());
  try {
    const request = await sign(jwt, key, client.secret ?? '');
    const typed = environment.authorizationParameters.some(({ name }) => name === 'request');
    return ok([...parameters.filter(([name]) => outside.includes(name)), ...(typed ? parameters.filter(([name]) => name === 'request') : [['request', request] as [string, string]])]);
  } catch (error) {
    // jose names algorithms and members, never values of keys.
    return fail({ ...keyMissing, code: 'signing-failed', message: 'The request object could not be signed.', why: error instanceof Error ? error.message : 'unknown' });
  }
}

async function sign(jwt: SignJWT, key: ClientKey | null, secret: string): Promise<string> {
  const typ = 'oauth-authz-req+jwt';
  if (key === null) return jwt.setProtectedHeader({ alg: 'HS256', typ }).sign(new TextEncoder().encode(secret));
  const kid = key.kid ?? key.jwk.kid;
  return jwt.setProtectedHeader({ alg: key.alg, typ, ...(kid !== undefined && { kid }) }).sign(await importJWK(key.jwk, key.alg));
}

/** Parameters as claims: JSON ones as JSON, `max_age` as a number, one that stands several times as a list (RFC 9101 §4). */
export function claimsOf(parameters: Pairs): Record<string, unknown> {
  const claims = new Map<string, unknown>();
  for (const [name, text] of parameters) {
    if (name === 'request' || name === 'request_uri') continue;
    const value = valueOf(name, text);
    const known = claims.get(name);
    claims.set(name, known === undefined ? value : [...(Array.isArray(known) ? known as unknown[] : [known]), value]);
  }
  return Object.fromEntries(claims);
}

function valueOf(name: string, text: string): unknown {
  if (name === 'max_age' && /^\d{1,12}$/.test(text)) return Number(text);
  if (name !== 'claims' && name !== 'authorization_details') return text;
  try {
    return JSON.parse(text);
  } catch {
    // Wrong on purpose: the server is to see it as it was typed.
    return text;
  }
}

const keyMissing: Problem = {
  code: 'signing-key-missing',
  message: 'There is no key to sign the request object with.',
  why: 'A signed request (RFC 9101) needs the private key of the client, or its secret for HS256. Neither is stored for this environment.',
  next: 'Edit the environment: import or generate a client key, or send the request unsigned.',
  field: 'request.signed',
};
