import type { LedgerEntry } from '../ledger.ts';
import type { Case } from './case.ts';
import { clientIdOf } from './token-request.ts';

/** Where a refresh token was received, if that was in another Run. */
export function ledgerOrigin(c: Case, token: string): LedgerEntry | undefined {
  return c.ledger?.find('refresh_token', token).find(({ what }) => what === 'received');
}

export function refusedClient(c: Case): string | undefined {
  return c.request === null ? undefined : clientIdOf(c.request);
}
