import { createHmac } from 'node:crypto';
import type { LedgerEntry, LedgerKind } from '../contract/ledger.ts';
import type { RunEvent } from '../contract/run.ts';
import { foldRun } from '../contract/read/run-state.ts';
import { clientIdOf, readTokenRequest, sent } from './case/token-request.ts';

export type { LedgerEntry, LedgerKind };

/** Every code and refresh token ever sent, over all Runs and environments. Holds hashes only; `find` takes the plain value. */
export interface Ledger { find(kind: LedgerKind, value: string): readonly LedgerEntry[] }

/** Hash under which a value stands in the ledger; without the key nothing can be tested against it. */
export function ledgerHash(key: Uint8Array, kind: LedgerKind, value: string): string {
  return createHmac('sha256', key).update(`${kind}\n${value}`).digest('hex');
}

export function createLedger(key: Uint8Array, entries: Iterable<LedgerEntry>): Ledger {
  const byHash = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const list = byHash.get(entry.hash);
    if (list) list.push(entry);
    else byHash.set(entry.hash, [entry]);
  }
  return { find: (kind, value) => byHash.get(ledgerHash(key, kind, value)) ?? [] };
}

/** What one Run adds to the ledger. Pure; the events must be the unmasked ones. */
export function ledgerEntriesOf(events: Iterable<RunEvent>, key: Uint8Array): LedgerEntry[] {
  const state = foldRun(events);
  const entries: LedgerEntry[] = [];
  for (const { exchange, step, at } of state.exchanges.values()) {
    const revoking = exchange.purpose === 'revocation';
    if (exchange.purpose !== 'token' && !revoking) continue;
    const request = readTokenRequest(exchange, step, entries.length);
    const common = {
      at, runId: state.id, exchangeId: exchange.id, environmentId: state.environment?.id ?? null,
      clientId: clientIdOf(request) ?? null, tokenUrl: exchange.url,
    };
    const add = (kind: LedgerKind, value: string | undefined, what: LedgerEntry['what'], accepted?: boolean): void => {
      if (value !== undefined && value !== '') entries.push({ ...common, hash: ledgerHash(key, kind, value), kind, what, ...(accepted !== undefined && { accepted }) });
    };
    if (revoking) {
      if ((request.status ?? 599) < 300) add('refresh_token', sent(request, 'token'), 'revoked');
      continue;
    }
    const accepted = request.tokens !== null;
    add('code', sent(request, 'code'), 'sent', accepted);
    add('refresh_token', sent(request, 'refresh_token'), 'sent', accepted);
    add('refresh_token', request.tokens?.refresh, 'received');
  }
  return entries;
}
