import { randomUUID } from 'node:crypto';
import type { Session, WebContents } from 'electron';
import { BrowserWindow, session } from 'electron';
import type { OpenBrowser } from '../flow/index.ts';
import { externalUrl } from './external.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The opt-in tracing browser: a window with a throw-away in-memory session that records every hop of the front channel.
 * No preload, no permissions, no downloads, no further windows, http(s) only, certificate errors never bypassed.
 * RFC 8252 §8.12 is against embedded browsers: this one is for test accounts, and says so in its title.
 */
export function openTracingBrowser(request: OpenBrowser, parent: BrowserWindow | null): BrowserWindow {
  const partition = session.fromPartition(`tracing-${randomUUID()}`);
  closeDown(partition);
  const window = new BrowserWindow({
    width: 520, height: 720, minWidth: 360, minHeight: 400, title: 'Tracing browser', autoHideMenuBar: true,
    ...(parent !== null && { parent }),
    webPreferences: { session: partition, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, devTools: false, navigateOnDragDrop: false },
  });
  showOrigin(window);
  const contents = window.webContents;
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const webOnly = (event: { url: string; preventDefault(): void }): void => {
    if (!externalUrl(event.url).ok) event.preventDefault();
  };
  contents.on('will-navigate', webOnly);
  contents.on('will-frame-navigate', webOnly);
  contents.on('will-redirect', webOnly);
  recordHops(partition, contents, request);
  let finished = false;
  window.on('closed', () => {
    if (!finished) request.onClosed();
    void partition.clearStorageData();
    void partition.clearCache();
  });
  request.signal.addEventListener('abort', () => {
    finished = true;
    // The person should see the closing page for a moment before the window goes.
    setTimeout(() => { if (!window.isDestroyed()) window.close(); }, 900);
  }, { once: true });
  contents.loadURL(request.url).catch(() => {
    // Chromium shows its own error page; the hop with its status or failure is recorded below.
  });
  return window;
}

function closeDown(partition: Session): void {
  partition.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  partition.setPermissionCheckHandler(() => false);
  partition.setDevicePermissionHandler(() => false);
  partition.on('will-download', (event) => event.preventDefault());
}

function showOrigin(window: BrowserWindow): void {
  const show = (): void => {
    if (window.isDestroyed()) return;
    const url = window.webContents.getURL();
    window.setTitle(`${URL.canParse(url) ? new URL(url).origin : 'Loading'} — tracing browser, test accounts only`);
  };
  window.on('page-title-updated', (event) => { event.preventDefault(); show(); });
  window.webContents.on('did-navigate', show);
  show();
}

/** Main-frame requests only: what the page loads for itself is not the front channel. */
function recordHops(partition: Session, contents: WebContents, request: OpenBrowser): void {
  partition.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !/^(https?|data|blob):/.test(details.url) });
  });
  partition.webRequest.onHeadersReceived((details, decide) => {
    if (details.resourceType === 'mainFrame' && details.webContentsId === contents.id) {
      const headers = Object.entries(details.responseHeaders ?? {});
      const valuesOf = (name: string): string[] => headers.filter(([key]) => key.toLowerCase() === name).flatMap(([, values]) => values);
      const [location] = valuesOf('location');
      request.onHop({
        method: details.method, url: details.url, status: details.statusCode,
        setCookieNames: valuesOf('set-cookie').map((cookie) => cookie.split('=', 1)[0] ?? ''),
        ...(REDIRECTS.has(details.statusCode) && location !== undefined && { location }),
      });
    }
    decide({});
  });
  partition.webRequest.onErrorOccurred((details) => {
    if (details.resourceType !== 'mainFrame' || details.webContentsId !== contents.id || request.signal.aborted) return;
    request.onHop({ method: details.method, url: details.url, status: null, setCookieNames: [], certificate: details.error });
  });
}
