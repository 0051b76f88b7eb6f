import { IMPORT_TEXT_LIMIT } from '../contract/import-limit.ts';

/** How much an import may hold. What is beyond is left out and named, never silently. */
export const limits = {
  /** Characters of the whole text. */
  text: IMPORT_TEXT_LIMIT,
  /** HAR entries, requests of a raw file. */
  entries: 5000,
  /** Bytes of one body that are kept. */
  body: 1_000_000,
  /** Characters of one curl command. */
  command: 2_000_000,
  headers: 300,
  /** Bytes of all bodies outside the grant together; where they are more, each is kept up to `outsideBody`. */
  outside: 2_000_000,
  outsideBody: 500,
  /** Remarks that are kept. */
  problems: 100,
} as const;
