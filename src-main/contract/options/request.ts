import { z } from 'zod';

const text = (max: number) => z.string().max(max).regex(/^[^\u0000-\u001f\u007f]*$/, 'Must not contain line breaks or control characters');

/** JSON as typed: kept as text so that what is sent is what was written. Line breaks are layout and allowed. */
const json = (shape: (value: unknown) => boolean, message: string) => z.string().max(16_384).refine((value) => {
  try {
    return shape(JSON.parse(value));
  } catch {
    return false;
  }
}, message);
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** How the answer comes back (OAuth 2.0 Multiple Response Types, Form Post, JARM). */
export const responseModeSchema = z.enum(['query', 'form_post', 'fragment', 'jwt', 'query.jwt', 'form_post.jwt', 'fragment.jwt']);
export type ResponseMode = z.infer<typeof responseModeSchema>;

export const responseTypeSchema = z.enum(['code', 'code id_token']);

/** Named parameters of the authorization request. Each is left out where it is not set; extras of the same name replace it. */
export const requestOptionsSchema = z.object({
  /** OAuth 2.0 Multiple Response Types §5. `code` where it is not set. */
  responseType: responseTypeSchema.optional(),
  responseMode: responseModeSchema.optional(),
  /** RFC 9126: hand the request over at the back channel first. Done without being set where the metadata requires it. */
  pushed: z.boolean().optional(),
  /** RFC 9101: send the parameters as a JWT signed with the client's key. */
  signed: z.boolean().optional(),
  /** OIDC Core §3.1.2.1; several words are separated by spaces. */
  prompt: text(256).optional(),
  /** Seconds. */
  maxAge: z.number().int().min(0).max(31_536_000).optional(),
  loginHint: text(512).optional(),
  uiLocales: text(256).optional(),
  acrValues: text(1024).optional(),
  /** OIDC Core §5.5. */
  claims: json(isObject, 'Must be a JSON object such as {"id_token": {"email": null}}').optional(),
  /** RFC 9396 §2. */
  authorizationDetails: json((value) => Array.isArray(value) && value.every(isObject), 'Must be a JSON array of objects such as [{"type": "payment"}]').optional(),
  /** RFC 8707 §2: absolute URIs; sent with the authorization request and with every token request. */
  resources: z.array(text(2048).min(1, 'Resource is missing')).max(20).optional(),
});
export type RequestOptions = z.infer<typeof requestOptionsSchema>;
