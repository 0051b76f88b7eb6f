/**
 * ipc/: the only place that touches ipcMain: name, schema, handler and refusal of every command, and the notices to the window.
 *
 * For main.ts. Refuses calls from anywhere but the main frame of our own page, and arguments that do not pass the contract.
 * The window gets Runs masked; a secret leaves only through `secret.reveal` (one marker) and the clipboard.
 */
import type { Handlers } from './channels.ts';
import { appHandlers } from './handlers/app.ts';
import type { AppFacts } from './handlers/app.ts';
import { compareHandlers } from './handlers/compare.ts';
import { diagnosisHandlers } from './handlers/diagnosis.ts';
import { environmentHandlers } from './handlers/environment.ts';
import { environmentFileHandlers } from './handlers/environment-file.ts';
import type { FilePort } from './handlers/export.ts';
import { exportHandlers } from './handlers/export.ts';
import { findHandlers } from './handlers/find.ts';
import { importHandlers } from './handlers/import.ts';
import { keyHandlers } from './handlers/key.ts';
import { measureHandlers } from './handlers/measure.ts';
import { renewalHandlers } from './handlers/renewal.ts';
import { localCertificateHandlers } from './handlers/local-certificate.ts';
import { runHandlers } from './handlers/run.ts';
import { secretHandlers } from './handlers/secret.ts';
import type { ImportReader } from './import/reader.ts';
import type { MaskedRuns } from './masked-runs.ts';
import type { Notifier } from './notify.ts';
import type { Services } from '../services.ts';
import type { Upkeep } from '../upkeep.ts';
import type { SecretClipboard } from '../shell/index.ts';

export interface IpcParts {
  services: Services;
  upkeep: Upkeep;
  runs: MaskedRuns;
  clipboard: SecretClipboard;
  notifier: Notifier;
  facts: AppFacts;
  openExternal(url: string): Promise<void>;
  setTheme(theme: 'system' | 'light' | 'dark'): void;
  files: FilePort;
  /** Reads a large import apart from this process. */
  openImportReader(): ImportReader;
}

/** All handlers of the contract, joined; each room keeps its own. */
export function createHandlers({ services, upkeep, runs, clipboard, notifier, facts, openExternal, setTheme, files, openImportReader }: IpcParts): Handlers {
  const environmentsChanged = async (): Promise<void> => {
    const listed = await environments['environment.list']({});
    if (listed.ok) notifier.send('environments-changed', { environments: listed.value });
    upkeep.keeper.check();
  };
  const environments = environmentHandlers(services, environmentsChanged);
  const runsChanged = (): void => notifier.send('runs-changed', { runs: services.history.list() });
  return {
    ...appHandlers(services, facts, openExternal, setTheme, async () => {
      notifier.send('vault-changed', { vault: services.vault.status() });
      runsChanged();
      await environmentsChanged();
    }),
    ...environments,
    ...keyHandlers(services),
    ...runHandlers(services, runs, clipboard, runsChanged),
    ...diagnosisHandlers(services, runs),
    ...measureHandlers(services, upkeep.measures),
    ...renewalHandlers(upkeep.keeper),
    ...localCertificateHandlers(services.localCertificates),
    ...secretHandlers(services, runs, clipboard),
    ...exportHandlers(services, runs, clipboard, files, facts.versions['grantscope'] ?? ''),
    ...compareHandlers(services, runs, clipboard, files),
    ...findHandlers(services.history, runs, notifier),
    ...environmentFileHandlers(services, files, environmentsChanged),
    ...importHandlers(services.history, openImportReader, runsChanged),
  };
}

export { dispatcher } from './channels.ts';
export { ProcessReader } from './import/process-reader.ts';
export { MaskedRuns } from './masked-runs.ts';
export { Notifier } from './notify.ts';
