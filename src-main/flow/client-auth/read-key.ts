import type { JsonWebKey, KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import type { Problem, Result } from '../../contract/index.ts';
import { fail, ok } from '../../contract/index.ts';

export interface ReadKey { key: KeyObject; alg?: string; kid?: string }

/** Where the complaint about a key stands. */
export const KEY_FIELD = 'clientAuth.key';

/**
 * Reads one private key as people have it: PEM of PKCS #8, PKCS #1 or SEC 1 (also with certificates or parameters around it), a JWK, or a JWK
 * set with one private key.
 *
 * @returns the key, or why it is none; no text of it is quoted
 * @see https://www.rfc-editor.org/rfc/rfc7468
 * @see https://www.rfc-editor.org/rfc/rfc7517
 */
export function readPrivateKey(text: string): Result<ReadKey> {
  const trimmed = text.trim();
  if (trimmed === '') return refuse('key-empty', 'No key was given.', 'Paste a private key as PEM or JWK.');
  if (/^[{["]/.test(trimmed)) return readJwk(trimmed);
  return trimmed.includes('-----BEGIN') ? readPem(trimmed) : refuse('key-unreadable', 'This is neither PEM nor a JWK.', 'PEM begins with -----BEGIN, a JWK with {.');
}

function readPem(text: string): Result<ReadKey> {
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,60})-----/g)].map((match) => match[1] as string);
  if (labels.includes('ENCRYPTED PRIVATE KEY') || /^Proc-Type:\s*4,ENCRYPTED/m.test(text)) {
    return refuse('key-encrypted', 'The key is encrypted with a passphrase.', 'Decrypt it first: openssl pkey -in key.pem -out plain.pem');
  }
  if (labels.includes('OPENSSH PRIVATE KEY')) {
    return refuse('key-openssh', 'This is a key in the format of OpenSSH.', 'Turn a copy of it into PEM: ssh-keygen -p -m pkcs8 -f copy-of-key');
  }
  const block = /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----[\s\S]*?-----END \1-----/.exec(text)?.[0];
  if (block === undefined) {
    if (labels.some((label) => label.endsWith('PUBLIC KEY') || label.includes('CERTIFICATE'))) return refuse('key-public', publicGiven, 'Paste the private key that belongs to it.');
    return refuse('key-unreadable', 'The PEM text is cut off or holds no private key.', 'It needs a BEGIN and an END line of PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY.');
  }
  try {
    return ok({ key: createPrivateKey({ key: block, format: 'pem' }) });
  } catch {
    return refuse('key-unreadable', 'The PEM text holds no key that can be read.', 'It may have been cut or changed while copying.');
  }
}

function readJwk(text: string): Result<ReadKey> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('key-unreadable', 'The JWK is not valid JSON.', 'It may have been cut while copying.');
  }
  const jwk = onlyKeyOf(value);
  if (!jwk.ok) return jwk;
  const { kty, d, alg, kid } = jwk.value;
  if (kty === 'oct') return refuse('key-symmetric', 'This JWK is a shared secret (kty "oct"), not a private key.', 'Use client_secret_jwt with the secret, or paste an RSA, EC or OKP key.');
  if (typeof kty !== 'string') return refuse('key-unreadable', 'The JWK names no kty.', 'A JWK says what it is in "kty" (RFC 7517 §4.1).');
  if (typeof d !== 'string') return refuse('key-public', publicGiven, 'Paste the private JWK: it has the member "d".');
  try {
    const key = createPrivateKey({ key: jwk.value as JsonWebKey, format: 'jwk' });
    return ok({ key, ...(typeof alg === 'string' && { alg }), ...(typeof kid === 'string' && kid.length <= 512 && { kid }) });
  } catch {
    return refuse('key-unreadable', 'The members of the JWK make no key.', 'A member may be missing, wrong or cut (RFC 7518 §6).');
  }
}

function onlyKeyOf(value: unknown): Result<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('key-unreadable', 'A JWK is a JSON object.', 'Paste the object that has "kty".');
  const object = value as Record<string, unknown>;
  if (!Array.isArray(object['keys'])) return ok(object);
  const keys = object['keys'].filter((key): key is Record<string, unknown> => typeof key === 'object' && key !== null && !Array.isArray(key));
  const secret = keys.filter((key) => 'd' in key);
  if (secret.length === 1) return ok(secret[0] as Record<string, unknown>);
  return secret.length === 0 && keys.length > 0
    ? refuse('key-public', publicGiven, 'Paste the private JWK: it has the member "d".')
    : refuse('key-ambiguous', `The JWK set holds ${secret.length} private keys.`, 'Paste the one key to use.');
}

const publicGiven = 'This is a public key; signing needs the private one.';

function refuse(code: string, message: string, next: string): { ok: false; problem: Problem } {
  return fail({ code, message, next, field: KEY_FIELD });
}
