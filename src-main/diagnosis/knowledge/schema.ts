import { z } from 'zod';

const link = z.string().regex(/^https?:\/\//);
/** A statement and where it stands; `source` is null exactly where the summary is "unknown". */
const sourced = z.object({ summary: z.string().min(1), source: link.nullable(), evidence_notes: z.array(z.string()).optional() });

export const errorMatchSchema = z.strictObject({
  endpoint: z.enum(['token', 'authorize', 'any']),
  /** Value of the `error` member; null: not stated by the source, so not to be tested. */
  error: z.string().nullable(),
  status: z.number().int().optional(),
  /** JavaScript regular expression, tested without regard to case. */
  description_pattern: z.string().optional(),
  subcode: z.string().optional(),
  grant_type: z.enum(['authorization_code', 'refresh_token']).optional(),
});

export const knownErrorSchema = z.strictObject({
  match: errorMatchSchema,
  description_verbatim: z.string().nullable().optional(),
  cause: z.string(),
  also_possible: z.array(z.string()).optional(),
  explanation: z.string(),
  fix: z.string(),
  evidence: z.enum(['documented', 'source_code', 'reported']),
  source: link,
  more_sources: z.array(link).optional(),
});
export type KnownError = z.infer<typeof knownErrorSchema>;

/** The order in which a provider checks a token request; causes of one step cannot be told apart by order. */
export const checkOrderSchema = z.strictObject({
  grant_type: z.enum(['authorization_code', 'refresh_token']),
  steps: z.array(z.array(z.string()).min(1)).min(2),
  source: link,
});
export type CheckOrder = z.infer<typeof checkOrderSchema>;

/** How the provider is recognised. Patterns are JavaScript regular expressions, tested without regard to case. */
export const recognitionSchema = z.strictObject({
  hosts: z.array(z.string()).optional(),
  paths: z.array(z.string()).optional(),
  /** In the answer's bytes. */
  texts: z.array(z.string()).optional(),
});

/** One file of resources/providers. */
export const providerSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  kind: z.string(),
  endpoints: z.looseObject({
    issuer_template: z.string().nullable(), discovery: z.string().nullable(), authorization: z.string().nullable(), token: z.string().nullable(),
    revocation: z.string().optional(), variables: z.array(z.object({ name: z.string(), values: z.array(z.string()).optional() })).optional(),
    source: link,
  }),
  redirect: sourced.loose(),
  pkce: sourced.extend({ support: z.string().optional(), methods: z.array(z.string()).optional() }),
  client_auth: sourced.extend({ methods: z.array(z.string()).optional() }),
  refresh: sourced.extend({
    how_to_get: z.string().optional(), lifetime: z.string().optional(), rotation: z.string().optional(), limits: z.string().optional(),
  }),
  code_lifetime: sourced.extend({ seconds: z.number().int().positive().nullable().optional() }),
  errors: z.array(knownErrorSchema),
  quirks: z.array(z.object({ summary: z.string(), source: link })),
  docs: z.array(z.string()),
  recognition: recognitionSchema.optional(),
  check_order: z.array(checkOrderSchema).optional(),
});
export type ProviderKnowledge = z.infer<typeof providerSchema>;
