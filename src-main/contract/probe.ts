import { z } from 'zod';
import { replayLabelSchema } from './diagnosis.ts';
import { probeIdSchema } from './run.ts';

/**
 * A question that can be put to the provider to tell causes apart. Offered, never sent unasked; what it costs is said beforehand.
 * It is carried out by `run.act` with `{ action: 'probe', probe: offer.id, exchangeId: diagnosis.exchangeId }`.
 */
export const probeOfferSchema = z.object({
  id: probeIdSchema,
  title: z.string(),
  /** What goes where, the host named. */
  sends: z.string(),
  /** What each answer would prove. */
  proves: z.array(z.object({ answer: z.string(), meaning: z.string() })).min(1),
  replay: replayLabelSchema,
  /** Why it has that label. */
  replayWhy: z.string(),
  /** The browser opens, and the person has to sign in. */
  browser: z.boolean(),
  available: z.discriminatedUnion('ok', [z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), why: z.string() })]),
  /** Ids of the causes it can tell apart. */
  about: z.array(z.string()),
});
export type ProbeOffer = z.infer<typeof probeOfferSchema>;

/** What is known outside the Run when probes are offered. */
export interface ProbeFacts {
  /** The client's secret is at hand now; without it, the Run's own beginning decides. */
  hasSecret?: boolean;
  /** The Run is working on something at this moment. */
  running?: boolean;
}
