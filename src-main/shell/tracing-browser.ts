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
  const kept = request.keepLogin !== undefined;
  // Without `persist:` a session is in memory and gone with the app, also one that is kept.
  const partition = session.fromPartition(kept ? `tracing-kept-${request.keepLogin}` : `tracing-${randomUUID()}`);
  closeDown(partition);
  const certificates = watchCertificates(partition);
  const window = new BrowserWindow({
    width: 520, height: 720, minWidth: 360, minHeight: 400, title: 'Tracing browser', autoHideMenuBar: true,
    ...(parent !== null && { parent }),
    webPreferences: { session: partition, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, devTools: false, navigateOnDragDrop: false },
  });
  showAddress(window, certificates);
  const contents = window.webContents;
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const webOnly = (event: { url: string; preventDefault(): void }): void => {
    if (!externalUrl(event.url).ok) event.preventDefault();
  };
  contents.on('will-navigate', webOnly);
  contents.on('will-frame-navigate', webOnly);
  contents.on('will-redirect', webOnly);
  recordHops(partition, contents, request, certificates);
  let finished = false;
  window.on('closed', () => {
    if (!finished) request.onClosed();
    if (kept) return;
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

/** What the connection to each host was secured with, in words, as Chromium judged it. */
type Certificates = ReadonlyMap<string, string>;

function watchCertificates(partition: Session): Certificates {
  const seen = new Map<string, string>();
  partition.setCertificateVerifyProc(({ hostname, certificate, verificationResult, errorCode }, decide) => {
    const by = plainText(certificate.issuerName || certificate.issuer.commonName || 'an unnamed issuer');
    seen.set(hostname, errorCode === 0 ? `certificate by ${by}, until ${new Date(certificate.validExpiry * 1000).toISOString().slice(0, 10)}` : `certificate refused: ${verificationResult}`);
    // Chromium's own judgement stands.
    decide(-3);
  });
  return seen;
}

/** The state of a connection for the title and the record; `undefined` for no web address. */
function stateOf(address: string, certificates: Certificates): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  if (protocol === 'http:') return 'not encrypted';
  return protocol === 'https:' ? (certificates.get(hostname) ?? 'encrypted') : undefined;
}

/** A certificate's names come from outside: on one line, and short. */
const plainText = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ').slice(0, 80);

/** The address and the state of its certificate stand in the title, which the page cannot change. */
function showAddress(window: BrowserWindow, certificates: Certificates): void {
  const show = (): void => {
    if (window.isDestroyed()) return;
    const url = window.webContents.getURL();
    const state = stateOf(url, certificates);
    window.setTitle(`${URL.canParse(url) ? new URL(url).origin : 'Loading'}${state === undefined ? '' : ` (${state})`} — tracing browser, test accounts only`);
  };
  window.on('page-title-updated', (event) => { event.preventDefault(); show(); });
  window.webContents.on('did-navigate', show);
  show();
}

type Pairs = { name: string; value: string }[];

/** Cookies give a session away; the location is recorded as an address of its own. */
const left = new Set(['cookie', 'set-cookie', 'location', 'authorization']);
const pairsOf = (headers: Record<string, string>): Pairs => Object.entries(headers).filter(([name]) => !left.has(name.toLowerCase())).map(([name, value]) => ({ name, value }));

/** Main-frame requests only: what the page loads for itself is not the front channel. */
function recordHops(partition: Session, contents: WebContents, request: OpenBrowser, certificates: Certificates): void {
  partition.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !/^(https?|data|blob):/.test(details.url) });
  });
  const sent = new Map<number, Pairs>();
  partition.webRequest.onSendHeaders((details) => {
    if (details.resourceType === 'mainFrame') sent.set(details.id, pairsOf(details.requestHeaders));
  });
  partition.webRequest.onHeadersReceived((details, decide) => {
    if (details.resourceType === 'mainFrame' && details.webContentsId === contents.id) {
      const headers = Object.entries(details.responseHeaders ?? {});
      const valuesOf = (name: string): string[] => headers.filter(([key]) => key.toLowerCase() === name).flatMap(([, values]) => values);
      const [location] = valuesOf('location');
      const certificate = details.url.startsWith('https:') ? stateOf(details.url, certificates) : undefined;
      request.onHop({
        method: details.method, url: details.url, status: details.statusCode,
        setCookieNames: valuesOf('set-cookie').map((cookie) => cookie.split('=', 1)[0] ?? ''),
        ...(REDIRECTS.has(details.statusCode) && location !== undefined && { location }),
        ...(certificate !== undefined && { certificate }),
        requestHeaders: sent.get(details.id) ?? [],
        responseHeaders: pairsOf(Object.fromEntries(headers.map(([name, values]) => [name, values.join(', ')]))),
      });
    }
    sent.delete(details.id);
    decide({});
  });
  partition.webRequest.onErrorOccurred((details) => {
    if (details.resourceType !== 'mainFrame' || details.webContentsId !== contents.id || request.signal.aborted) return;
    request.onHop({ method: details.method, url: details.url, status: null, setCookieNames: [], certificate: details.error });
  });
}
