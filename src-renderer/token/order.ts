import type { RunState, TokenState } from '../../src-main/contract/read/run-state.ts';

const kinds = ['access_token', 'refresh_token', 'id_token'] as const;

/** Living tokens first, then the newest; the dead stay listed below. */
export function orderedTokens(run: Pick<RunState, 'tokens'>): TokenState[] {
  const rank = ({ fate }: TokenState): number => (fate === 'live' ? 0 : 1);
  return run.tokens.toSorted((a, b) => rank(a) - rank(b) || b.generation - a.generation || b.receivedAt - a.receivedAt
    || kinds.indexOf(a.record.kind) - kinds.indexOf(b.record.kind));
}

/** A token received later of the same kind and generation line: then an old living one is only a bystander. */
export function isLatest(run: Pick<RunState, 'tokens'>, token: TokenState): boolean {
  return run.tokens.findLast(({ record }) => record.kind === token.record.kind) === token;
}
