import { z } from 'zod';

/** What a person may want otherwise for one Run; nothing of it is kept in the environment. */
export const runOptionsSchema = z.object({
  /** Seconds to keep the code before it is redeemed. */
  holdSeconds: z.number().int().min(0).max(3600).optional(),
  /** `twice`: once more as soon as the answer is there. `concurrently`: from two connections at once. Once where it is not set. */
  redeem: z.enum(['once', 'twice', 'concurrently']).optional(),
  /** A mistake made with the very code that arrives. */
  mistake: z.enum(['wrong-redirect', 'wrong-verifier', 'wrong-secret']).optional(),
  /** Wait before each step until the person goes on. */
  stepByStep: z.boolean().optional(),
  /** Show the token request before it goes out, to be changed. */
  editRequest: z.boolean().optional(),
  /** Ask the provider for another user or a new login: `prompt=login`, `max_age=0`, `prompt=select_account` (OIDC Core §3.1.2.1). */
  freshLogin: z.enum(['login', 'max_age', 'select_account']).optional(),
  /** End the session at the provider first, where it has an end-session endpoint (OIDC RP-Initiated Logout). */
  logoutFirst: z.boolean().optional(),
  /** The tracing browser keeps its session for further runs that ask for it too. */
  keepLogin: z.boolean().optional(),
});
export type RunOptions = z.infer<typeof runOptionsSchema>;

const text = (max: number) => z.string().max(max).regex(/^[^\r\n\0]*$/, 'Must not contain line breaks');

/** One line of a request as the person wants it sent: typed anew, or the value that is there (it may be a secret the window never saw). */
export const editedValueSchema = z.union([
  z.object({ name: text(256), value: text(65_536) }),
  z.object({ name: text(256), keep: z.number().int().min(0).max(500) }),
]);
export type EditedValue = z.infer<typeof editedValueSchema>;

/** The answer to a pause. Without `request` it goes out as it is. */
export const goOnSchema = z.object({
  /** The answer to a question about a foreign host; without it nothing is sent. */
  allow: z.enum(['once', 'always']).optional(),
  request: z.object({ parameters: z.array(editedValueSchema).max(500), headers: z.array(editedValueSchema).max(100) }).optional(),
});
export type GoOn = z.infer<typeof goOnSchema>;
