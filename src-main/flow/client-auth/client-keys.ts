import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPair, X509Certificate, createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint } from 'jose';
import type { CertificateView, KeySource, KeyUse, KeyView, Problem, Result, SigningAlgorithm } from '../../contract/index.ts';
import { fail, ok, signingAlgorithmSchema } from '../../contract/index.ts';
import { algorithmsOf, keyWords, neededKey, RSA_BITS } from './algorithms.ts';
import { KEY_FIELD, readPrivateKey } from './read-key.ts';
import { selfSigned } from './self-signed.ts';

/** A private key as the vault seals it. */
export interface StoredKey {
  /** PKCS #8, PEM. */
  privateKey: string;
  alg: SigningAlgorithm;
  kid: string;
  /** PEM of the certificate that was made or imported with it. */
  certificate?: string;
}

const generate = promisify(generateKeyPair);

/**
 * Makes or imports a private key, and a certificate with it where it is for TLS.
 *
 * @returns the key to seal; what is wrong with the input names the field it belongs to and quotes nothing of it
 */
export async function prepareKey(source: KeySource): Promise<Result<StoredKey>> {
  if (source.source === 'generate') return ok(await generatedKey(source));
  const read = readPrivateKey(source.key);
  if (!read.ok) return read;
  const { key } = read.value;
  const chosen = algorithmFor(key, source.alg ?? (source.use === 'certificate' ? undefined : read.value.alg));
  if (!chosen.ok) return chosen;
  const certificate = source.use === 'certificate' ? matchingCertificate(source.certificate ?? '', key) : ok(undefined);
  if (!certificate.ok) return certificate;
  const kid = source.kid !== undefined && source.kid !== '' ? source.kid : (read.value.kid ?? await thumbprintOf(key));
  return ok({ privateKey: pem(key), alg: chosen.value, kid, ...(certificate.value !== undefined && { certificate: certificate.value }) });
}

async function generatedKey({ use, alg, name }: Extract<KeySource, { source: 'generate' }>): Promise<StoredKey> {
  const { privateKey } = await keyPairFor(alg);
  return {
    privateKey: pem(privateKey), alg, kid: await thumbprintOf(privateKey),
    ...(use === 'certificate' && { certificate: selfSigned(privateKey, name ?? 'Grantscope') }),
  };
}

export function keyPairFor(alg: SigningAlgorithm): Promise<{ privateKey: KeyObject }> {
  if (alg.startsWith('RS') || alg.startsWith('PS')) return generate('rsa', { modulusLength: RSA_BITS });
  if (alg.startsWith('ES')) return generate('ec', { namedCurve: { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }[alg as 'ES256'] });
  return generate('ed25519');
}

/** The algorithm a key is used with: the wished one if it fits. */
export function algorithmFor(key: KeyObject, wished: string | undefined): Result<SigningAlgorithm> {
  const able = algorithmsOf(key);
  const first = able[0];
  if (first === undefined) return fail({ code: 'key-unsuitable', message: `This is ${keyWords(key)}, which cannot sign a JWT.`, next: 'Use an RSA, P-256, P-384, P-521 or Ed25519 key.', field: KEY_FIELD });
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < RSA_BITS) return fail({ code: 'key-too-short', message: `The RSA key has ${bits} bits.`, why: `RFC 7518 §3.3 requires ${RSA_BITS} or more.`, next: 'Use a longer key.', field: KEY_FIELD });
  if (wished === undefined) return ok(first);
  const fitting = able.find((alg) => alg === wished);
  if (fitting !== undefined) return ok(fitting);
  const known = signingAlgorithmSchema.safeParse(wished);
  return fail({
    code: 'key-wrong-algorithm', message: known.success ? `${wished} needs ${neededKey(known.data)}; this is ${keyWords(key)}.` : 'The alg of the JWK is not one that signs.',
    why: `This key can be used with ${able.join(', ')}.`, next: 'Choose a fitting algorithm, or another key.', field: KEY_FIELD,
  });
}

/** The public side of a key, for registering it. */
export async function viewOfKey(use: KeyUse, stored: StoredKey): Promise<KeyView> {
  const key = createPrivateKey(stored.privateKey);
  return {
    use, alg: stored.alg, kid: stored.kid, thumbprint: await thumbprintOf(key),
    publicJwk: { ...publicMembers(key), use: 'sig', alg: stored.alg, kid: stored.kid },
    certificate: stored.certificate === undefined ? null : certificateView(stored.certificate),
  };
}

/** What TLS is handed. */
export interface ClientCertificate { cert: string; key: string }

/** Holds a certificate against the key it is to be used with. */
export function matchingCertificate(text: string, key: KeyObject): Result<string> {
  const field = 'clientAuth.certificate';
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  if (blocks === null) return fail(certificateProblem('certificate-missing', 'A client certificate is missing.', 'Paste the certificate as PEM, or generate one.'));
  try {
    const [own] = blocks.map((block) => new X509Certificate(block));
    if (own?.checkPrivateKey(key) !== true) {
      return fail({ ...certificateProblem('certificate-mismatch', 'The certificate belongs to another key.', 'Paste certificate and key of one pair; in a chain the client’s own certificate comes first.'), field });
    }
  } catch {
    return fail(certificateProblem('certificate-unreadable', 'The certificate cannot be read.', 'It may have been cut or changed while copying.'));
  }
  return ok(`${blocks.join('\n')}\n`);
}

const certificateProblem = (code: string, message: string, next: string): Problem => ({ code, message, next, field: 'clientAuth.certificate' });

/** @throws where the text is no certificate */
export function certificateView(text: string): CertificateView {
  const certificate = new X509Certificate(text);
  return {
    pem: text, subject: oneLine(certificate.subject), issuer: oneLine(certificate.issuer), validTo: certificate.validTo, fingerprint256: certificate.fingerprint256,
    thumbprint: createHash('sha256').update(certificate.raw).digest('base64url'),
  };
}

const oneLine = (name: string): string => name.replaceAll('\n', ', ');

export function publicMembers(key: KeyObject): Record<string, string> {
  return createPublicKey(key).export({ format: 'jwk' }) as Record<string, string>;
}

export function thumbprintOf(key: KeyObject): Promise<string> {
  return calculateJwkThumbprint(publicMembers(key));
}

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string;
}
