/**
 * The composition root, second part: builds the services behind a window that is opening, joins them to it, and ends all in order. No logic.
 */
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, clipboard, dialog, Menu, nativeTheme, powerMonitor, session, shell } from 'electron';
import type { Problem } from './contract/index.ts';
import { fail, ok } from './contract/index.ts';
import type { OpenBrowser } from './flow/index.ts';
import { systemClock } from './flow/index.ts';
import type { History } from './history/index.ts';
import { KEPT_AFTER_REMOVAL_MS, openHistory } from './history/index.ts';
import type { Dispatch } from './ipc/gate.ts';
import { createHandlers, dispatcher, MaskedRuns, Notifier, ProcessReader } from './ipc/index.ts';
import { PracticeHost } from './practice/host.ts';
import type { Services } from './services.ts';
import { createServices } from './services.ts';
import { externalUrl, fileDialogs, isTrustedSender, openTracingBrowser, SecretClipboard } from './shell/index.ts';
import { applicationMenu } from './shell/menu.ts';
import { notifyRefusedRenewal } from './shell/notification.ts';
import { playTour } from './shell/tour.ts';
import type { Upkeep } from './upkeep.ts';
import { createUpkeep } from './upkeep.ts';
import type { Vault } from './vault/index.ts';
import { systemProxyOf } from './wire/index.ts';
import { exitNow, openVault, systemKeychain } from './vault/index.ts';

export interface AppParts {
  window: BrowserWindow;
  dataFolder: string;
  versions: Record<string, string>;
  tour: boolean;
  /** Where the built files are. */
  folder: string;
  /** Told once everything the window may ask for is there. */
  onReady(dispatch: Dispatch): void;
}

export async function startApp({ window, dataFolder, versions, tour, folder, onReady }: AppParts): Promise<void> {
  const notices: Problem[] = [];
  const notifier = new Notifier();
  notifier.attach(window);
  const notice = (problem: Problem): void => {
    notices.push(problem);
    notifier.send('notice', problem);
  };

  const vault = await openVault({ keychain: systemKeychain(), folder: dataFolder });
  const history = openHistory({ folder: dataFolder, vault, onProblem: notice });
  await forgetRemoved(vault, history);
  const practice = new PracticeHost(join(folder, 'practice.js'));
  const services = createServices({
    vault, history, practice, versions, openBrowser: (request) => openBrowser(request, window), asks: true,
    systemProxy: async (url) => systemProxyOf(await session.defaultSession.resolveProxy(url), url, process.env),
    onEvent: (runId, event) => notifier.send('run-event', { runId, event: runs.mask(runId, event) }),
    onRunning: (runId, running) => {
      notifier.send('runs-changed', { runs: history.list() });
      upkeep.ranOn(runId, running);
    },
  });
  const upkeep: Upkeep = createUpkeep({
    services,
    onRenewals: (renewals) => notifier.send('renewal-changed', { renewals }),
    onRefused: ({ runId, exchangeId = '' }, environment) => notifyRefusedRenewal(environment.name, () => window, () => notifier.send('show-refusal', { runId, exchangeId })),
  });
  const runs: MaskedRuns = new MaskedRuns({
    load: (runId) => history.read(runId),
    isRunning: (runId) => services.flows.isRunning(runId),
    clock: () => systemClock.read(),
    fingerprintKey: () => vault.fingerprintKey(),
  });
  const secretClipboard = new SecretClipboard(clipboard);

  onReady(dispatcher(createHandlers({
    services, upkeep, runs, clipboard: secretClipboard, notifier, openExternal: (url) => shell.openExternal(url), setTheme: (theme) => { nativeTheme.themeSource = theme; }, files: fileDialogs(dialog, window),
    openImportReader: () => new ProcessReader(join(folder, 'import.js')),
    facts: { versions, platform: process.platform, dataFolder, tour, notices },
  }), { isTrusted: (event) => isTrustedSender(event, window), onRefused: (name, code) => process.stderr.write(`refused ${name}: ${code}\n`) }));
  Menu.setApplicationMenu(applicationMenu({ onCommand: (id) => notifier.send('command-wanted', { id }), packaged: app.isPackaged }));
  powerMonitor.on('suspend', () => upkeep.suspend());
  powerMonitor.on('resume', () => upkeep.resume());
  upkeep.begin();
  endWell(services, upkeep, secretClipboard);
  if (tour) await playTour({ window, services, runs });
}

/** What was deleted a week ago can no longer be brought back: it goes for good, its client secrets with it. */
async function forgetRemoved(vault: Vault, history: History): Promise<void> {
  const purged = history.purge(Date.now() - KEPT_AFTER_REMOVAL_MS);
  if (!purged.ok) return;
  for (const environmentId of purged.value.environments) {
    vault.privateKeys.deleteAll(environmentId);
    await vault.deleteSecret(environmentId);
  }
}

async function openBrowser(request: OpenBrowser, window: BrowserWindow): Promise<{ ok: true; value: null } | { ok: false; problem: Problem }> {
  const url = externalUrl(request.url);
  if (!url.ok) return url;
  if (request.mode === 'tracing') {
    openTracingBrowser(request, window);
    return ok(null);
  }
  try {
    await shell.openExternal(url.value);
    return ok(null);
  } catch {
    return fail({
      code: 'browser-not-opened', message: 'The system browser could not be opened.',
      why: 'The operating system has no browser registered for web addresses, or refused to start it.',
      next: 'Set a default browser, or run in the tracing browser. "Copy authorization URL" gives you the address to open by hand.',
    });
  }
}

/** Work in progress is cancelled and recorded, the database closed, before the process goes. */
function endWell(services: Services, upkeep: Upkeep, secretClipboard: SecretClipboard): void {
  let ending = false;
  app.on('before-quit', (event) => {
    if (ending) return;
    ending = true;
    event.preventDefault();
    secretClipboard.clearSecret();
    upkeep.close();
    void services.flows.close().then(() => services.practice.stop()).finally(() => {
      services.history.close();
      // A keychain call that never comes back would keep the process for ever.
      if (services.vault.stuck) exitNow(services.vault, 0);
      else app.exit(0);
    });
  });
}
