/**
 * export/: takes a recorded exchange out of the app.
 *
 * {@link curlCommand} is the one entry so far. `ipc/` and `cli/` may call it, with raw exchanges: without an explicit request
 * for secrets its output holds none, and what a shell cannot carry is refused with the reason instead of being changed.
 * Depends on contract/ alone.
 */
export type { CurlCommand, CurlOptions } from './curl.ts';
export { curlCommand } from './curl.ts';
export type { KnownSecret } from './hide.ts';
export type { Shell } from './shells.ts';
