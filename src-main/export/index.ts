/**
 * export/: takes a recorded exchange or a Run out of the app.
 *
 * {@link curlCommand} writes commands from raw exchanges, {@link exportDocument} everything else from events that are already masked.
 * `ipc/` and `cli/` may call both. Without an explicit request for secrets the output holds none: variables and pseudonyms stand for
 * them. What a format cannot carry is refused with the reason instead of being changed. Depends on contract/ alone.
 */
export type { CurlCommand, CurlOptions } from './curl.ts';
export { curlCommand } from './curl.ts';
export type { DocumentFormat, DocumentSource, ExportedDocument } from './document.ts';
export { exportDocument } from './document.ts';
export { fileNameOf, mediaTypeOf } from './file-names.ts';
export type { KnownSecret } from './hide.ts';
export type { Shell } from './shells.ts';
