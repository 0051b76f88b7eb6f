import { z } from 'zod';
import { problemSchema } from './result.ts';

/**
 * Bytes as text: one character U+0000–U+00FF per byte (ISO-8859-1, "binary string").
 * Lossless in JSON, and a marker for a masked secret (which uses characters above U+00FF) can never be mistaken for a byte.
 */
export const bytesSchema = z.string();
export type Bytes = string;

/** Why an exchange was made. */
export const purposeSchema = z.enum([
  'discovery', 'jwks', 'par', 'token', 'userinfo', 'revocation', 'introspection', 'device', 'end-session', 'resource', 'other',
]);
export type Purpose = z.infer<typeof purposeSchema>;

/** Milliseconds since `started`; absent where that point was not reached. */
export const timesSchema = z.object({
  /** Wall clock at the start, milliseconds since 1970. */
  started: z.number(),
  /** Name resolved and TCP connected. */
  connected: z.number().optional(),
  /** TLS handshake done. */
  secured: z.number().optional(),
  /** Last request byte handed to the socket. */
  sent: z.number().optional(),
  firstByte: z.number().optional(),
  ended: z.number(),
});
export type Times = z.infer<typeof timesSchema>;

export const tlsSchema = z.object({
  protocol: z.string(),
  cipher: z.string(),
  alpn: z.string().nullable(),
  /** Whether Node accepted the chain and the name; if not, `authorizationError` says why. */
  authorized: z.boolean(),
  authorizationError: z.string().optional(),
  /** Our own, which the server was free to ask for (RFC 8705). */
  clientCertificate: z.object({ subject: z.string(), fingerprint256: z.string() }).optional(),
  certificate: z.object({
    subject: z.string(),
    issuer: z.string(),
    altNames: z.string().optional(),
    validFrom: z.string(),
    validTo: z.string(),
    /** SHA-256 over the DER certificate, upper-case hex with colons. */
    fingerprint256: z.string(),
  }).nullable(),
});
export type TlsFacts = z.infer<typeof tlsSchema>;

/** One HTTP exchange exactly as it went over its own connection. */
export const exchangeSchema = z.object({
  id: z.string().min(1),
  purpose: purposeSchema,
  method: z.string(),
  url: z.string(),
  /** Every byte handed to the socket: request line, headers, blank line, body. */
  request: bytesSchema,
  response: z.object({
    status: z.number().int(),
    reason: z.string(),
    /** Every byte that came back, before any decoding. */
    raw: bytesSchema,
    /** Length in bytes of the status line and headers with the blank line; `raw.slice(headLength)` is the body as sent. */
    headLength: z.number().int(),
    /** The body after transfer and content decoding. */
    body: bytesSchema,
    /** Set where we stopped reading: how many bytes were kept and which count hit the limit. */
    cut: z.object({ kept: z.number().int(), limit: z.number().int(), counted: z.enum(['wire', 'decoded']) }).optional(),
  }).nullable(),
  times: timesSchema,
  connection: z.object({
    remoteAddress: z.string(), remotePort: z.number().int(), localAddress: z.string(), localPort: z.number().int(),
    /** Host and port of the proxy that was tunnelled through; the remote address is then the proxy's. */
    proxy: z.string().optional(),
  }).nullable(),
  tls: tlsSchema.nullable(),
  /** Why there is no complete response: refused connection, failed TLS, time limit, cancelled, answer too large … */
  failure: problemSchema.nullable(),
});
export type Exchange = z.infer<typeof exchangeSchema>;
