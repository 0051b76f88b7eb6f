import { foldRun } from '../contract/read/run-state.ts';
import type { RunEvent } from '../contract/run.ts';
import { readTokenRequest } from './case/token-request.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/** Milliseconds within which two records of one request lie. */
const SAME_MOMENT = 50;

/**
 * A ledger without the copies of a Run's own requests. What was imported twice, or exported here and imported again, stands in the ledger once
 * for each Run; such a copy is no second use. A copy goes to the same URL with the same outcome at the same moment, or at an unknown one.
 *
 * @param events the Run that is judged, unmasked
 */
export function withoutCopies(ledger: Ledger, events: readonly RunEvent[]): Ledger {
  const state = foldRun(events);
  const own = [...state.exchanges.values()].filter(({ exchange }) => exchange.purpose === 'token')
    .map(({ exchange, step, at }) => ({ url: exchange.url, at, accepted: readTokenRequest(exchange, step, 0).tokens !== null }));
  const isCopy = (entry: LedgerEntry): boolean => entry.runId !== state.id && entry.what === 'sent' && own.some(({ url, at, accepted }) =>
    url === entry.tokenUrl && accepted === entry.accepted && (at === 0 || entry.at === 0 || Math.abs(at - entry.at) < SAME_MOMENT));
  return { find: (kind, value) => ledger.find(kind, value).filter((entry) => !isCopy(entry)) };
}
