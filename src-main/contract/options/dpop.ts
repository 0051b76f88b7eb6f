import { z } from 'zod';
import { signingAlgorithmSchema } from './client-auth.ts';

/** RFC 9449: tokens are bound to a key, and every use of them carries a proof signed with it. Off where it is not set. */
export const dpopOptionsSchema = z.object({
  /** Algorithm of the proofs; `dpop_signing_alg_values_supported` says what the server takes. */
  alg: signingAlgorithmSchema,
  /** A new key pair for each run, or the one kept with the environment. `run` where it is not set. */
  key: z.enum(['run', 'environment']).optional(),
});
export type DpopOptions = z.infer<typeof dpopOptionsSchema>;
