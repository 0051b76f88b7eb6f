import type { RunState } from '../../src-main/contract/read/run-state.ts';

/** What the inspector shows. */
export type Selection =
  | { kind: 'exchange'; id: string }
  | { kind: 'event'; seq: number }
  | { kind: 'token'; id: string };

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'event') return b.kind === 'event' && a.seq === b.seq;
  return b.kind === a.kind && a.id === b.id;
}

/** What to show of a Run nobody has clicked in: the last refusal, else the exchange of the last tokens. */
export function firstSelection(state: RunState): Selection | null {
  const refusal = state.refusals.at(-1);
  if (refusal) return { kind: 'exchange', id: refusal.exchangeId };
  const broken = [...state.exchanges.values()].findLast(({ exchange }) => exchange.failure !== null);
  if (broken) return { kind: 'exchange', id: broken.exchange.id };
  const token = state.tokens.at(-1);
  return token ? { kind: 'exchange', id: token.exchangeId } : null;
}
