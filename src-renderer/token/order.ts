import type { RunState, TokenState } from '../../src-main/contract/read/run-state.ts';

const kinds = ['access_token', 'refresh_token', 'id_token'] as const;

/** Living tokens first, then the newest; the dead stay listed below. */
export function orderedTokens(run: Pick<RunState, 'tokens'>): TokenState[] {
  const rank = ({ fate }: TokenState): number => (fate === 'live' ? 0 : 1);
  return run.tokens.toSorted((a, b) => rank(a) - rank(b) || b.generation - a.generation || b.receivedAt - a.receivedAt
    || kinds.indexOf(a.record.kind) - kinds.indexOf(b.record.kind));
}
