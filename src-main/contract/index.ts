/**
 * contract/: what both processes agree on.
 *
 * Schemas and types of Run, Environment, Exchange, commands and notices, and in `read/` the pure functions that read a Run
 * (both processes fold the same events, main the raw ones, the window the masked ones). Imports nothing of the app,
 * touches no process API, refuses anything that does not pass its schemas.
 */
export * from './result.ts';
export * from './environment.ts';
export * from './options/run-options.ts';
export * from './options/trust.ts';
export * from './options/client-auth.ts';
export * from './options/dpop.ts';
export * from './options/request.ts';
export * from './options/local-certificate.ts';
export * from './options/renewal.ts';
export * from './measure.ts';
export * from './exchange.ts';
export * from './run.ts';
export * from './marker.ts';
export * from './commands.ts';
export * from './import.ts';
export * from './import-limit.ts';
export * from './export-formats.ts';
export * from './export.ts';
export * from './compare.ts';
export * from './preset.ts';
export * from './diagnosis.ts';
export * from './ledger.ts';
export * from './probe.ts';
export * from './fix.ts';
export * from './names.ts';
export * from './find.ts';
export * from './window-commands.ts';
export * from './read/http.ts';
export * from './read/secret-names.ts';
export * from './read/run-state.ts';
export * from './read/replay.ts';
export * from './read/wire-lint.ts';
export * from './read/wire-lint-facts.ts';
export * from './read/probe-target.ts';
export * from './read/oauth-error.ts';
export * from './read/token-response.ts';
export * from './read/client-auth.ts';
export * from './read/jwt.ts';
export * from './read/jwt-names.ts';
export * from './read/parameter-words.ts';
export * from './read/clock.ts';
export * from './read/lifetime-stated.ts';
export * from './read/lifetime.ts';
export * from './read/timeline.ts';
export * from './read/values.ts';
export * from './read/three-clocks.ts';
