import type { Blame, LintFinding } from '../../src-main/contract/read/wire-lint.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';
import type { Row } from './rows.ts';
import { APP } from './rows.ts';

export type Lints = ReadonlyMap<string, readonly LintFinding[]>;

/** Who did it, in a word or two. */
export function blameWords(imported: boolean): Record<Blame, string> {
  return { sender: imported ? 'The sender' : 'Grantscope', configuration: 'Your configuration', purpose: 'You, on purpose', server: 'The server' };
}

/**
 * The note below an exchange that something is wrong with by the specifications: what is in our own request, and what of the server's answer
 * is plainly wrong. The rest stands in the inspector alone.
 */
export function lintRow(run: RunState, lints: Lints, exchangeId: string, at: number): Row[] {
  const told = (lints.get(exchangeId) ?? []).filter(({ blame, weight }) => weight === 'wrong' || (weight === 'odd' && blame !== 'server'));
  const first = told.find(({ weight }) => weight === 'wrong') ?? told[0];
  if (!first) return [];
  const more = told.length - 1;
  return [{
    kind: 'note', key: `lint:${exchangeId}`, at, lane: APP, text: `${blameWords(run.started?.origin === 'imported')[first.blame]}: ${first.message}`,
    detail: more === 0 ? first.section : `${first.section}, and ${more} more`, tone: first.weight === 'wrong' ? 'bad' : 'warn', 
    // The arrow above it is what selects the exchange.
    selection: null,
  }];
}
