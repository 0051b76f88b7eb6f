import { z } from 'zod';
import type { SecretState } from '../environment.ts';

const text = (max: number) => z.string().max(max).regex(/^[^\u0000-\u001f\u007f]*$/, 'Must not contain line breaks or control characters');

/** Signature algorithms of a client's own key (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2). */
export const signingAlgorithmSchema = z.enum([
  'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519',
]);
export type SigningAlgorithm = z.infer<typeof signingAlgorithmSchema>;

/** Algorithms of an assertion made with the client secret (OIDC Core §9). */
export const macAlgorithmSchema = z.enum(['HS256', 'HS384', 'HS512']);
export type MacAlgorithm = z.infer<typeof macAlgorithmSchema>;

/** How the client authenticates, beyond the method. Each is left at its default where it is not set. Holds nothing secret: keys are in the vault. */
export const clientAuthOptionsSchema = z.object({
  /** RFC 6749 §2.3.1 wants id and secret form-encoded before Basic; some servers take them only as they are. `form` where it is not set. */
  basicEncoding: z.enum(['form', 'raw']).optional(),
  /** RFC 7523 §3: the JWT that `private_key_jwt` and `client_secret_jwt` send. */
  assertion: z.object({
    /** The key's own where it is not set. */
    alg: signingAlgorithmSchema.optional(),
    /** `HS256` where it is not set. */
    mac: macAlgorithmSchema.optional(),
    /** Header parameter; the key's own where it is not set, none where it is empty. */
    kid: text(512).optional(),
    /** `issuer` where it is not set; `both` is an array of issuer and token endpoint. */
    audience: z.enum(['issuer', 'token_endpoint', 'both', 'typed']).optional(),
    typedAudience: text(2048).optional(),
    /** Seconds from `iat` to `exp`; 60 where it is not set. */
    lifetime: z.number().int().min(1).max(86_400).optional(),
  }).optional(),
  /** PEM of the client certificate, with its chain where there is one (RFC 8705). Public; its key is in the vault. */
  certificate: z.string().max(65_536).regex(/^\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/, 'Must be one or more PEM certificates (-----BEGIN CERTIFICATE-----)').optional(),
});
export type ClientAuthOptions = z.infer<typeof clientAuthOptionsSchema>;

/** What a private key of an environment is for: what the client signs, TLS, or proofs of possession. */
export const keyUseSchema = z.enum(['signing', 'certificate', 'dpop']);
export type KeyUse = z.infer<typeof keyUseSchema>;

const keyText = z.string().max(65_536);

/** Where a private key comes from. The key itself never comes back. */
export const keySourceSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('generate'), use: keyUseSchema, alg: signingAlgorithmSchema, /** Common name of a generated certificate. */ name: text(64).optional() }),
  z.object({
    source: z.literal('import'), use: keyUseSchema,
    /** PEM (PKCS #8, PKCS #1, SEC 1) or JWK. */
    key: keyText,
    /** The key's own `alg`, or the first that fits it, where it is not set. */
    alg: signingAlgorithmSchema.optional(),
    kid: text(512).optional(),
    /** PEM; with `use: certificate`. */
    certificate: keyText.optional(),
  }),
]);
export type KeySource = z.infer<typeof keySourceSchema>;

/** What to do with a key when its environment is saved; `prepared` names one made by `key.prepare`. */
export const keyChangeSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('set'), use: keyUseSchema, prepared: z.uuid() }),
  z.object({ action: z.literal('clear'), use: keyUseSchema }),
]);
export type KeyChange = z.infer<typeof keyChangeSchema>;

/** The public side of a key, to be registered at the provider. */
export interface KeyView {
  use: KeyUse;
  alg: SigningAlgorithm;
  kid: string;
  /** Without any private member; with `alg`, `kid` and `use`. */
  publicJwk: Record<string, string>;
  /** RFC 7638, SHA-256, base64url. */
  thumbprint: string;
  certificate: CertificateView | null;
}

/** How one of an environment's keys stands; `view` is null where it is absent or cannot be read. */
export interface KeyStatus { use: KeyUse; state: SecretState; view: KeyView | null }

export interface CertificateView {
  /** PEM, with its chain. */
  pem: string;
  subject: string;
  issuer: string;
  validTo: string;
  /** SHA-256 over the DER certificate, upper-case hex with colons. */
  fingerprint256: string;
  /** RFC 8705 §3.1: `x5t#S256`. */
  thumbprint: string;
}
