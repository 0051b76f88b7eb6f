/**
 * The composition root, first part: takes commands, holds the single instance, opens the window at once and loads the services behind it.
 * Loads little by itself, so that the window is there early. No logic.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog, ipcMain, nativeTheme, protocol, screen } from 'electron';
import { commandWords } from './cli/argv.ts';
import type { Dispatch } from './ipc/gate.ts';
import { openGate } from './ipc/gate.ts';
import { APP_SCHEME, manifestOf, registerScheme, serveFrom } from './shell/protocol.ts';
import { openMainWindow, reviveOnCrash } from './shell/window.ts';
import { WindowState } from './shell/window-state.ts';

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

/** The window's frame is on its way to the screen: reading our own code must not keep its files waiting. A page that does not come is waited for no longer than a second. */
function shown(opened: BrowserWindow): Promise<void> {
  return new Promise((go) => {
    // A few frames: on a small machine, drawing and reading code compete for the same cores.
    opened.webContents.once('dom-ready', () => setTimeout(go, 50));
    setTimeout(go, 1000);
  });
}

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
  protocol.handle(APP_SCHEME, serveFrom(manifestOf(join(here, '../renderer'))));
  const commands = Promise.withResolvers<Dispatch>();
  openGate(ipcMain, commands.promise);
  const state = new WindowState(dataFolder);
  // Before the window is there, so that it never shows the other one first.
  nativeTheme.themeSource = state.theme();
  const opened = openMainWindow({
    preload: join(here, '../preload/preload.cjs'),
    devTools: !app.isPackaged,
    bounds: state.load((bounds) => screen.getDisplayMatching(bounds).workArea.width > 0),
  });
  window = opened;
  opened.on('close', () => state.save(opened.getNormalBounds(), nativeTheme.themeSource));
  reviveOnCrash(opened, () => dialog.showErrorBox('The window keeps crashing', 'Your runs are safe on disk. Please start Grantscope again.'));
  await shown(opened);
  const { startApp } = await import('./app.ts');
  await startApp({ window: opened, dataFolder, versions: versionsOf(), tour: process.argv.includes('--tour'), folder: here, onReady: (dispatch) => commands.resolve(dispatch) });
}
