import { z } from 'zod';

/**
 * Something that went wrong in a way we expected could happen.
 *
 * `code` is stable and meant for programs; `message` says what happened, `why` the reason as far as it is known,
 * `next` what the person can do about it. `field` names the input it belongs to, so the message can stand next to its cause.
 * None of the texts holds a secret.
 */
export const problemSchema = z.object({
  code: z.string().min(1),
  message: z.string().min(1),
  why: z.string().optional(),
  next: z.string().optional(),
  field: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The outcome of anything that can fail for reasons outside the program. Programmer mistakes throw instead. */
export type Result<T, P extends Problem = Problem> = { ok: true; value: T } | { ok: false; problem: P };

export { fail, ok, unreachable } from './outcome.ts';
