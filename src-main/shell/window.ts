import { join } from 'node:path';
import type { WebContents } from 'electron';
import { BrowserWindow, nativeTheme } from 'electron';
import { APP_ORIGIN, APP_URL } from './protocol.ts';
import type { Bounds } from './window-state.ts';

/** Opens the one window: isolated, sandboxed, on our own origin, unable to go anywhere else. */
export function openMainWindow(options: { preload: string; icon?: string; bounds: Bounds; devTools: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    ...options.bounds,
    minWidth: 900,
    minHeight: 600,
    title: 'Grantscope',
    // At once, in the colour of the page: the frame of the page is there a moment later.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#17191e' : '#ffffff',
    autoHideMenuBar: true,
    ...(options.icon !== undefined && { icon: options.icon }),
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: options.devTools,
    },
  });
  stayHome(window.webContents);
  void window.loadURL(APP_URL);
  return window;
}

/** No navigation, no new window, no permission, no attached view: the page that was loaded is the page that stays. */
export function stayHome(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  contents.session.setPermissionCheckHandler(() => false);
  contents.session.on('will-download', (event) => event.preventDefault());
}

/**
 * Whether a call comes from the main frame of our own page in our own window.
 * A frame that navigated away or is gone (`senderFrame` null) is nobody.
 */
export function isTrustedSender(event: { sender: WebContents; senderFrame: Electron.WebFrameMain | null }, window: BrowserWindow | null): boolean {
  if (window === null || window.isDestroyed() || event.sender !== window.webContents) return false;
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && new URL(frame.url).protocol === 'app:' && frame.url.startsWith(`${APP_ORIGIN}/`);
}

/** A renderer that dies is brought back on the same page, three times at most; the flow goes on in main meanwhile. */
export function reviveOnCrash(window: BrowserWindow, onGivingUp: () => void): void {
  let crashes = 0;
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    crashes += 1;
    if (crashes > 3) onGivingUp();
    else void window.loadURL(APP_URL);
  });
}

export const preloadPath = (folder: string): string => join(folder, '../preload/preload.cjs');
