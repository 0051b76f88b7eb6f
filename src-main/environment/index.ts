/**
 * environment/: an OAuth client registration at one provider: store, presets, discovery and the checks before a run.
 *
 * For flow/, ipc/ and the composition root. Keeps no secret (see vault/), opens no connection of its own (the fetcher is handed in),
 * refuses configurations that do not fit the schema and endpoints that are no http(s) URL; everything else it reports.
 */
export { newEnvironment, practiceEnvironment } from './presets.ts';
export { EnvironmentStore } from './store.ts';
export type { EnvironmentRows } from './store.ts';
export { discover } from './discovery.ts';
export type { Discovered, Fetcher } from './discovery.ts';
export { manualMetadata } from './metadata-findings.ts';
export { metadataCandidates } from './metadata-urls.ts';
export { setupChecks } from './checks.ts';
export { knowledgeChecks } from './knowledge-checks.ts';
export type { KnownProvider } from './knowledge.ts';
export { environmentFor, presetsFrom } from './provider-presets.ts';
export type { SetupCheck } from './checks.ts';
