import type { Refusal, RunState } from '../../contract/index.ts';

/** What became of a refresh that was just tried. *passing*: the network, or a server that is busy or broken for now. */
export type Renewed = { what: 'renewed' } | { what: 'passing'; why: string } | { what: 'cancelled' } | { what: 'refused'; refusal: Refusal };

/** Words by which a server says that it is not the grant (RFC 6749 §4.1.2.1; RFC 6585 §4). */
const passing = new Set(['server_error', 'temporarily_unavailable', 'slow_down', 'rate_limited', 'too_many_requests']);

/** Reads the outcome out of the Run's last refresh. */
export function outcomeOf(state: RunState): Renewed {
  const step = state.steps.findLast(({ kind }) => kind === 'refresh' || kind === 'discover');
  if (step?.kind === 'refresh' && step.outcome === 'ok') return { what: 'renewed' };
  if (step?.outcome === 'cancelled') return { what: 'cancelled' };
  const refusal = state.refusals.findLast((known) => known.step === step?.id);
  if (!refusal) return { what: 'passing', why: step?.problem?.message ?? 'No answer came.' };
  const { error, status } = refusal.error;
  if ((error !== null && passing.has(error)) || (error === null && (status >= 500 || status === 429))) return { what: 'passing', why: `The server answered ${error ?? status}.` };
  return { what: 'refused', refusal };
}
