export type LedgerKind = 'code' | 'refresh_token';

/** That a code or refresh token was sent, received or revoked, without the value itself. */
export interface LedgerEntry {
  /** Keyed hash of the value, hex. */
  hash: string;
  kind: LedgerKind;
  what: 'sent' | 'received' | 'revoked';
  /** For `sent`: whether tokens came back. */
  accepted?: boolean;
  /** Wall clock, milliseconds since 1970. */
  at: number;
  runId: string;
  exchangeId: string;
  environmentId: string | null;
  clientId: string | null;
  tokenUrl: string;
}
