import { z } from 'zod';

/** At which part of an access token's lifetime its refresh token is spent for a new one, where nothing else is set. */
export const DEFAULT_SHARE = 0.75;

/** Keeps the tokens of an environment's newest Run fresh. */
export const renewalOptionsSchema = z.object({
  enabled: z.boolean(),
  /** Part of the access token's lifetime. */
  share: z.number({ error: 'Must be a number' }).min(0.1, 'At least 10 %').max(0.95, 'At most 95 %, so that there is time left for another try'),
});
export type RenewalOptions = z.infer<typeof renewalOptionsSchema>;

/**
 * How renewal stands for one Run. *waiting*: due at `dueMono`; *retrying*: the network failed, due again at `dueMono`; *refreshing* now;
 * *asleep* with the machine; *stopped* by the person; *refused* by the server; *idle*: nothing to renew or nothing says when, see `why`.
 */
export interface RenewalView {
  runId: string;
  environmentId: string;
  state: 'waiting' | 'retrying' | 'refreshing' | 'asleep' | 'stopped' | 'refused' | 'idle';
  /** By main's monotonic clock, milliseconds; `null` where nothing is due. */
  dueMono: number | null;
  why?: string;
  /** Where it was refused. */
  exchangeId?: string;
}
