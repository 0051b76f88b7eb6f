import { z } from 'zod';
import { allowedHostsSchema, trustOptionsSchema } from './options/trust.ts';
import { clientAuthOptionsSchema } from './options/client-auth.ts';
import { dpopOptionsSchema } from './options/dpop.ts';
import { renewalOptionsSchema } from './options/renewal.ts';
import { requestOptionsSchema } from './options/request.ts';

const noControl = /^[^\u0000-\u001f\u007f]*$/;
const text = (max: number) => z.string().max(max).regex(noControl, 'Must not contain line breaks or control characters');

/** An absolute http(s) URL without user info. Plain http is allowed: people debug local servers. */
export const httpUrlSchema = text(2048).refine((value) => {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' && value.trim() === value;
}, 'Must be an absolute http:// or https:// URL without user name and without spaces around it');

/** Client authentication at the token endpoint, by its registered name (RFC 7591 §2, OIDC Core §9, RFC 8705 §2). */
export const clientAuthMethodSchema = z.enum([
  'client_secret_basic', 'client_secret_post', 'none', 'client_secret_jwt', 'private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth',
]);
export type ClientAuthMethod = z.infer<typeof clientAuthMethodSchema>;

/** Endpoints typed in by hand, for servers that publish no metadata. Names follow RFC 8414 §2. */
export const endpointsSchema = z.object({
  issuer: httpUrlSchema.optional(),
  authorization_endpoint: httpUrlSchema,
  token_endpoint: httpUrlSchema,
  userinfo_endpoint: httpUrlSchema.optional(),
  revocation_endpoint: httpUrlSchema.optional(),
  introspection_endpoint: httpUrlSchema.optional(),
  end_session_endpoint: httpUrlSchema.optional(),
  device_authorization_endpoint: httpUrlSchema.optional(),
  pushed_authorization_request_endpoint: httpUrlSchema.optional(),
  jwks_uri: httpUrlSchema.optional(),
});
export type Endpoints = z.infer<typeof endpointsSchema>;

const lifetime = z.number().int().min(1).max(31_536_000);

/** How long the practice provider lets things live, in seconds. */
export const practiceLifetimesSchema = z.object({
  authorizationCode: lifetime.default(60),
  accessToken: lifetime.default(120),
  idToken: lifetime.default(120),
  refreshToken: lifetime.default(600),
});
export type PracticeLifetimes = z.infer<typeof practiceLifetimesSchema>;

/** Where the authorization server is: found by discovery, typed in by hand, or the built-in practice provider. */
export const providerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('discovery'), issuer: httpUrlSchema }),
  z.object({ kind: z.literal('manual'), endpoints: endpointsSchema }),
  z.object({
    kind: z.literal('practice'),
    client: z.enum(['confidential', 'public']).default('confidential'),
    lifetimes: practiceLifetimesSchema.default({ authorizationCode: 60, accessToken: 120, idToken: 120, refreshToken: 600 }),
  }),
]);
export type Provider = z.infer<typeof providerSchema>;

/** The loopback redirect (RFC 8252 §7.3). `port: null` takes any free port at the start of each run. */
export const redirectSchema = z.object({
  /** `http` where it is not set. `https` is answered with a local certificate that the browser will warn of. */
  scheme: z.enum(['http', 'https']).optional(),
  host: z.enum(['127.0.0.1', 'localhost', '[::1]']),
  port: z.number().int().min(1).max(65535).nullable(),
  path: text(512).regex(/^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]*$/, 'Must start with / and hold only characters a URL path may hold'),
});
export type Redirect = z.infer<typeof redirectSchema>;

export const extraParameterSchema = z.object({ name: text(256).min(1, 'Name is missing'), value: text(8192) });
export type ExtraParameter = z.infer<typeof extraParameterSchema>;

/** One OAuth client registration at one provider. Holds no secret: that is in the vault under the environment's id. */
export const environmentSchema = z.object({
  id: z.uuid(),
  name: text(80).refine((value) => value.trim() !== '', 'Give the environment a name'),
  provider: providerSchema,
  client: z.object({
    id: text(512),
    authMethod: clientAuthMethodSchema,
  }),
  scope: text(2048).regex(/^[\x21\x23-\x5b\x5d-\x7e ]*$/, 'Scopes are separated by spaces and may not hold quotes or backslashes (RFC 6749 §3.3)'),
  redirect: redirectSchema,
  pkce: z.enum(['S256', 'plain', 'off']),
  request: requestOptionsSchema.optional(),
  /** The flow a run plays: RFC 6749 §4.1 where it is not set, RFC 8628, or RFC 6749 §4.4. */
  grant: z.enum(['authorization_code', 'device_code', 'client_credentials']).optional(),
  clientAuth: clientAuthOptionsSchema.optional(),
  dpop: dpopOptionsSchema.optional(),
  renewal: renewalOptionsSchema.optional(),
  trust: trustOptionsSchema.optional(),
  allowedHosts: allowedHostsSchema.optional(),
  /** A failed verdict ends the flow as failed. Without it verdicts are reported and stop nothing. */
  strict: z.boolean().optional(),
  authorizationParameters: z.array(extraParameterSchema).max(50).default([]),
  tokenParameters: z.array(extraParameterSchema).max(50).default([]),
  /** Time limits in seconds: for the person in the browser, and for each HTTP request. */
  limits: z.object({
    browser: z.number().int().min(5).max(3600).default(300),
    request: z.number().int().min(1).max(300).default(30),
    /** Of each request: until name, TCP and TLS are done, and the longest silence after. 10 seconds, and as long as the request, where they are not set. */
    connect: z.number().int().min(1).max(300).optional(),
    silence: z.number().int().min(1).max(300).optional(),
    /** Of one phase alone: the TLS handshake, from the request to the first byte, from that to the last. None where they are not set. */
    tls: z.number().int().min(1).max(300).optional(),
    firstByte: z.number().int().min(1).max(300).optional(),
    body: z.number().int().min(1).max(300).optional(),
  }).default({ browser: 300, request: 30 }),
});
export type Environment = z.infer<typeof environmentSchema>;

/** What is known of a stored secret. *locked* and *failed* are not *absent*: see vault/. */
export const secretStateSchema = z.enum(['stored', 'absent', 'locked', 'failed', 'memory']);
export type SecretState = z.infer<typeof secretStateSchema>;

/** An environment as the window sees it: its configuration and whether a client secret is there, never the secret. */
export interface EnvironmentView {
  config: Environment;
  clientSecret: SecretState;
}

export { redirectUriOf } from './redirect-uri.ts';
