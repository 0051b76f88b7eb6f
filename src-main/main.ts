/**
 * The composition root: builds the services, opens the window, ends both in order. No logic.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow} from 'electron';
import { app, clipboard, dialog, ipcMain, Menu, powerMonitor, protocol, screen, shell } from 'electron';
import { commandWords } from './cli/argv.ts';
import type { Problem } from './contract/index.ts';
import { fail, ok } from './contract/index.ts';
import type { OpenBrowser } from './flow/index.ts';
import { systemClock } from './flow/index.ts';
import type { History } from './history/index.ts';
import { KEPT_AFTER_REMOVAL_MS, openHistory } from './history/index.ts';
import { createHandlers, MaskedRuns, Notifier, ProcessReader, registerCommands } from './ipc/index.ts';
import { PracticeHost } from './practice/host.ts';
import { createServices } from './services.ts';
import { createUpkeep } from './upkeep.ts';
import type { Upkeep } from './upkeep.ts';
import type { Services } from './services.ts';
import {
  APP_SCHEME, externalUrl, isTrustedSender, manifestOf, openMainWindow, openTracingBrowser, registerScheme, reviveOnCrash,
  SecretClipboard, serveFrom, WindowState,
} from './shell/index.ts';
import { applicationMenu } from './shell/menu.ts';
import { notifyRefusedRenewal } from './shell/notification.ts';
import { playTour } from './shell/tour.ts';
import type { Vault } from './vault/index.ts';
import { exitNow, openVault, systemKeychain } from './vault/index.ts';

const tour = process.argv.includes('--tour');
const here = import.meta.dirname;
let window: BrowserWindow | null = null;

const command = commandWords(process.argv, app.isPackaged);
// A command opens no window, and runs beside an app that is open.
if (command !== null) await handOver(command);

registerScheme(protocol);
if (!app.requestSingleInstanceLock()) app.exit(0);
app.on('second-instance', () => {
  if (window?.isMinimized()) window.restore();
  window?.focus();
});
app.on('window-all-closed', () => app.quit());
app.on('web-contents-created', (_event, contents) => contents.on('will-attach-webview', (event) => event.preventDefault()));

app.whenReady().then(start).catch((error: unknown) => {
  dialog.showErrorBox('Grantscope could not start', error instanceof Error ? error.message : 'Unknown reason');
  app.exit(1);
});

/** Ends the process with the command's exit code; never comes back. */
async function handOver(words: readonly string[]): Promise<never> {
  app.dock?.hide();
  const { runInProcess } = await import('./cli/process.ts');
  app.exit(await runInProcess(words, { dataFolder: dataFolderOf(), versions: versionsOf() }));
  return new Promise<never>(() => undefined);
}

function dataFolderOf(): string {
  return join(app.getPath('userData'), 'data');
}

function versionsOf(): Record<string, string> {
  return { grantscope: app.getVersion(), electron: process.versions.electron, node: process.versions.node, platform: `${process.platform} ${process.arch}` };
}

async function start(): Promise<void> {
  const dataFolder = dataFolderOf();
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const versions = versionsOf();
  const notices: Problem[] = [];
  const notifier = new Notifier();
  const notice = (problem: Problem): void => {
    notices.push(problem);
    notifier.send('notice', problem);
  };

  const vault = await openVault({ keychain: systemKeychain(), folder: dataFolder });
  const history = openHistory({ folder: dataFolder, vault, onProblem: notice });
  await forgetRemoved(vault, history);
  const practice = new PracticeHost(join(here, 'practice.js'));
  const services = createServices({
    vault, history, practice, versions, openBrowser,
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

  protocol.handle(APP_SCHEME, serveFrom(manifestOf(join(here, '../renderer'))));
  registerCommands(ipcMain, createHandlers({
    services, upkeep, runs, clipboard: secretClipboard, notifier, openExternal: (url) => shell.openExternal(url),
    openImportReader: () => new ProcessReader(join(here, 'import.js')),
    facts: { versions, platform: process.platform, dataFolder, tour, notices },
  }), { isTrusted: (event) => isTrustedSender(event, window), onRefused: (name, code) => process.stderr.write(`refused ${name}: ${code}\n`) });

  const state = new WindowState(dataFolder);
  window = openMainWindow({
    preload: join(here, '../preload/preload.cjs'),
    devTools: !app.isPackaged,
    bounds: state.load((bounds) => screen.getDisplayMatching(bounds).workArea.width > 0),
  });
  window.on('close', () => { if (window) state.save(window.getNormalBounds()); });
  notifier.attach(window);
  reviveOnCrash(window, () => dialog.showErrorBox('The window keeps crashing', 'Your runs are safe on disk. Please start Grantscope again.'));
  Menu.setApplicationMenu(applicationMenu(() => notifier.send('import-wanted', null)));
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

async function openBrowser(request: OpenBrowser): Promise<{ ok: true; value: null } | { ok: false; problem: Problem }> {
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
