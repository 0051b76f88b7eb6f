import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import type { JWK } from 'jose';
import { calculateJwkThumbprint, importJWK, SignJWT } from 'jose';
import type { Exchange, Result, RunEvent, SigningAlgorithm } from '../contract/index.ts';
import { fail, headerOf, messageParts, ok, readOAuthError } from '../contract/index.ts';
import { algorithmFor, keyPairFor, publicMembers } from './client-auth/client-keys.ts';
import type { FlowContext } from './context.ts';
import type { Pairs } from './extra-parameters.ts';

/** The key that the tokens of a Run are bound to. */
export interface ProofKey {
  /** Private. */
  jwk: JWK;
  /** Only the members that make the key. */
  publicJwk: Record<string, string>;
  alg: SigningAlgorithm;
  /** RFC 7638, SHA-256: the `jkt` of bound tokens. */
  thumbprint: string;
}

/** What a proof is for. */
export interface Proven {
  method: string;
  url: string;
  /** The access token that is sent with it. */
  accessToken?: string | undefined;
  nonce?: string | undefined;
}

/**
 * One proof of possession; never used twice.
 *
 * @param now seconds since 1970
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-4.2
 */
export async function dpopProof({ jwk, publicJwk, alg }: ProofKey, { method, url, accessToken, nonce }: Proven, now: number): Promise<string> {
  const target = new URL(url);
  const claims = {
    jti: randomUUID(), htm: method, htu: `${target.origin}${target.pathname}`,
    ...(accessToken !== undefined && { ath: createHash('sha256').update(accessToken).digest('base64url') }),
    ...(nonce !== undefined && { nonce }),
  };
  return new SignJWT(claims).setProtectedHeader({ typ: 'dpop+jwt', alg, jwk: publicJwk }).setIssuedAt(now).sign(await importJWK(jwk, alg));
}

/**
 * The proof key of this Run: the one its tokens are bound to already, or a new one, which is recorded. The private half of a key made for
 * one Run is kept in that Run, beside the tokens that are worth nothing without it; the environment's own stays in the vault.
 */
export async function proofKeyOf(context: FlowContext): Promise<Result<ProofKey | null>> {
  const options = context.environment.dpop;
  if (!options) return ok(null);
  const made = context.recorder.events.findLast((event) => event.type === 'proof-key-made');
  if (made?.type === 'proof-key-made' && made.privateKey) return restored(made.privateKey.value, options.alg);
  const kept = options.key === 'environment';
  const jwk = kept ? await keptKey(context, options.alg) : ok((await keyPairFor(options.alg)).privateKey.export({ format: 'jwk' }) as JWK);
  if (!jwk.ok) return jwk;
  const key = await proofKey(jwk.value, options.alg);
  if (key.ok && made === undefined) {
    const { alg, thumbprint, publicJwk } = key.value;
    const step = context.recorder.state.steps.at(-1)?.id;
    context.recorder.record({
      type: 'proof-key-made', alg, thumbprint, publicJwk, ...(step !== undefined && { step }),
      ...(!kept && { privateKey: { name: 'private_key' as const, value: JSON.stringify(jwk.value) } }),
    });
  }
  return key;
}

async function keptKey(context: FlowContext, alg: SigningAlgorithm): Promise<Result<JWK>> {
  const kept = await context.client.proofKey?.(alg) ?? fail({ code: 'proof-key-missing', message: 'This environment keeps no key for DPoP.', next: 'Let each run make its own.', field: 'dpop.key' });
  return kept.ok ? ok(kept.value.jwk) : kept;
}

async function restored(text: string, alg: SigningAlgorithm): Promise<Result<ProofKey>> {
  try {
    return await proofKey(JSON.parse(text) as JWK, alg);
  } catch {
    return fail({ code: 'proof-key-missing', message: 'The DPoP key of this run is not here.', why: 'It was taken out when the run was exported.', next: 'Run again.' });
  }
}

async function proofKey(jwk: JWK, wished: SigningAlgorithm): Promise<Result<ProofKey>> {
  const key = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' });
  const alg = algorithmFor(key, wished);
  if (!alg.ok) return fail({ ...alg.problem, field: 'dpop.alg' });
  const publicJwk = publicMembers(key);
  return ok({ jwk, publicJwk, alg: alg.value, thumbprint: await calculateJwkThumbprint(publicJwk) });
}

/** Binds the code to the key from the beginning. @see https://www.rfc-editor.org/rfc/rfc9449#section-10 */
export async function dpopParameters(context: FlowContext): Promise<Result<Pairs>> {
  const key = await proofKeyOf(context);
  if (!key.ok) return key;
  return ok(key.value === null ? [] : [['dpop_jkt', key.value.thumbprint]]);
}

/**
 * The nonce this origin gave last, read from what the Run has recorded.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-8.2
 */
export function nonceOf(events: readonly RunEvent[], url: string): string | undefined {
  const { origin } = new URL(url);
  for (const event of events.toReversed()) {
    if (event.type !== 'exchange-recorded' || !event.exchange.response || new URL(event.exchange.url).origin !== origin) continue;
    const nonce = givenNonce(event.exchange);
    if (nonce !== undefined) return nonce;
  }
  return undefined;
}

/** Whether the server wants the same request again with the nonce it gives. @see https://www.rfc-editor.org/rfc/rfc9449#section-8 */
export function demandsNonce(exchange: Exchange): boolean {
  const { response } = exchange;
  if (!response || givenNonce(exchange) === undefined || (response.status !== 400 && response.status !== 401)) return false;
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  return readOAuthError({ status: response.status, headers, body: response.body })?.error === 'use_dpop_nonce'
    || headers.some(({ name, value }) => name.toLowerCase() === 'www-authenticate' && /\berror="?use_dpop_nonce\b/.test(value));
}

function givenNonce({ response }: Exchange): string | undefined {
  return response ? headerOf(messageParts(response.raw.slice(0, response.headLength)).headers, 'dpop-nonce') : undefined;
}
