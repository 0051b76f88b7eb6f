import { z } from 'zod';
import { oauthErrorSchema } from './run.ts';

/**
 * How a cause ends: *likely* has evidence for it, *possible* fits what is known, *ruled-out* has deciding values against it,
 * *unknowable* cannot be known from this side of the wire.
 */
export const causeVerdictSchema = z.enum(['likely', 'possible', 'ruled-out', 'unknowable']);
export type CauseVerdict = z.infer<typeof causeVerdictSchema>;

/** Which bytes of the exchange an evidence line points at, so that a view can find and mark them (also in masked text). */
export const evidenceTargetSchema = z.object({
  part: z.enum(['request-line', 'request-query', 'request-header', 'request-body', 'response-status', 'response-header', 'response-body', 'event']),
  /** Parameter, header or member. */
  name: z.string().optional(),
});
export type EvidenceTarget = z.infer<typeof evidenceTargetSchema>;

/** One observation. None of its texts holds a secret: secrets are named by kind and length, or cut to the characters that differ. */
export const evidenceSchema = z.object({
  /** Id of the exchange it was read in, or `#seq` of an event that is no exchange. */
  entry: z.string(),
  /** In words, e.g. "request body parameter redirect_uri". */
  where: z.string(),
  text: z.string(),
  /** The deciding values side by side. */
  values: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  target: evidenceTargetSchema.optional(),
  /** Above zero speaks for the cause, below against it; ±90 and beyond decides. */
  weight: z.number(),
  /** Where the rule comes from: specification section or link. */
  source: z.string().optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const causeFindingSchema = z.object({
  /** Stable, listed in docs/causes.md. */
  id: z.string(),
  verdict: causeVerdictSchema,
  title: z.string(),
  /** The reason for the verdict in one or two sentences. */
  why: z.string(),
  /** Strongest first. */
  evidence: z.array(evidenceSchema),
  fix: z.string(),
  /** What would tell this cause from its neighbours. */
  tellApart: z.string().optional(),
  /** Sum of the weights, for ranking and for nothing else. */
  score: z.number(),
});
export type CauseFinding = z.infer<typeof causeFindingSchema>;

/** What sending a recorded request again would cost. */
export const replayLabelSchema = z.enum(['safe-to-repeat', 'spends-the-grant', 'may-end-the-session']);
export type ReplayLabel = z.infer<typeof replayLabelSchema>;

export const diagnosisSchema = z.object({
  /** The refused request; null where the refusal came to the redirect URI. */
  exchangeId: z.string().nullable(),
  /** Exchange id or `#seq`, as in evidence. */
  entry: z.string(),
  error: oauthErrorSchema,
  /** One sentence: what was refused and the best explanation. */
  headline: z.string(),
  /** Provider as recognised; null for an unknown one, which is judged from the protocol alone. */
  provider: z.object({ id: z.string(), name: z.string(), why: z.string() }).nullable(),
  /** Best first. */
  causes: z.array(causeFindingSchema),
  replay: z.array(z.object({ exchangeId: z.string(), label: replayLabelSchema, why: z.string() })),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;
