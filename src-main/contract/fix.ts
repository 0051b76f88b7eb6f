import { z } from 'zod';
import { replayLabelSchema } from './diagnosis.ts';
import { clientAuthMethodSchema } from './environment.ts';

/** A member of the environment as its form names it. */
export const fieldPathSchema = z.enum([
  'client.id', 'client.secret', 'client.authMethod',
  'provider.issuer', 'provider.endpoints', 'provider.endpoints.token_endpoint',
  'redirect.host', 'redirect.port', 'redirect.path', 'scope', 'pkce', 'authorizationParameters', 'tokenParameters', 'limits.request',
]);
export type FieldPath = z.infer<typeof fieldPathSchema>;

/** What is sent otherwise when the request is made again. Changes this one repetition, never the stored environment. */
export const correctionSchema = z.discriminatedUnion('change', [
  /** The redirect_uri of the authorization request, character for character. */
  z.object({ change: z.literal('redirect-as-authorized') }),
  /** The code_verifier the challenge was made from. */
  z.object({ change: z.literal('verifier-as-made') }),
  z.object({ change: z.literal('auth-method'), to: clientAuthMethodSchema }),
  /** Basic with client id and secret form-encoded (RFC 6749 §2.3.1) or as they are. */
  z.object({ change: z.literal('basic-encoding'), formEncode: z.boolean() }),
  z.object({ change: z.literal('pkce'), to: z.enum(['S256', 'plain', 'off']) }),
  /** Without the extra parameters of these names. */
  z.object({ change: z.literal('without-parameters'), names: z.array(z.string().min(1).max(256)).min(1).max(50) }),
  /** Exactly as configured: the mistake was made on purpose, or by another sender. */
  z.object({ change: z.literal('as-configured') }),
]);
export type Correction = z.infer<typeof correctionSchema>;

const label = z.string().min(1);
const reason = z.string().min(1);

/** What can be done about a cause. The label is the button's or line's text, the reason one sentence. */
export const fixSchema = z.discriminatedUnion('kind', [
  /** Opens the environment at one field. */
  z.object({ kind: z.literal('edit-field'), path: fieldPathSchema, label, reason }),
  /** `run.act` with `{ action: 'run-corrected', correction, exchangeId }`. */
  z.object({ kind: z.literal('run-corrected'), correction: correctionSchema, label, reason, replay: replayLabelSchema, browser: z.boolean() }),
  /** A new run of the same environment. */
  z.object({ kind: z.literal('authorize-again'), label, reason }),
  /** Steps at the provider; `url` is its documentation, `null` where none is known for it. */
  z.object({ kind: z.literal('provider-console'), provider: z.string().nullable(), label, steps: z.array(z.string().min(1)).min(1), url: z.string().nullable(), source: z.string().nullable() }),
  z.object({ kind: z.literal('wait'), seconds: z.number().int().positive(), label, reason }),
]);
export type Fix = z.infer<typeof fixSchema>;
