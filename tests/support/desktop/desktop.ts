import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

/**
 * A desktop whose default browser is the test: `xdg-open URL` (what Electron's openExternal runs on Linux) ends here.
 * The registration is the real one, a .desktop file and a mimeapps.list in private XDG folders.
 */
export interface Desktop {
  /** Environment variables the app has to be started with. */
  readonly environment: Record<string, string>;
  /** The next URL the app asks the system to open. */
  nextUrl(timeout?: number): Promise<string>;
  /** URLs asked for and not taken yet. */
  readonly waiting: readonly string[];
  close(): Promise<void>;
}

/** @param node what runs the browser's script; a Node or an Electron that is one */
export async function startDesktop(folder: string, node = process.execPath): Promise<Desktop> {
  const waiting: string[] = [];
  const takers: ((url: string) => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = Buffer.concat(chunks).toString('utf8');
      const taker = takers.shift();
      if (taker) taker(url);
      else waiting.push(url);
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const port = (server.address() as AddressInfo).port;
  return {
    environment: { ...register(folder, node), GRANTSCOPE_TEST_DESKTOP: String(port) },
    waiting,
    nextUrl: (timeout = 15_000) => {
      const first = waiting.shift();
      if (first !== undefined) return Promise.resolve(first);
      return new Promise((taken, failed) => {
        const timer = setTimeout(() => failed(new Error(`No URL was opened within ${timeout} ms`)), timeout);
        takers.push((url) => { clearTimeout(timer); taken(url); });
      });
    },
    close: () => new Promise((done) => { server.close(() => done()); }),
  };
}

function register(folder: string, node: string): Record<string, string> {
  const command = resolve('tests/support/desktop/open-url.mjs');
  const [data, config] = [join(folder, 'xdg-data'), join(folder, 'xdg-config')];
  mkdirSync(join(data, 'applications'), { recursive: true });
  mkdirSync(config, { recursive: true });
  writeFileSync(join(data, 'applications', 'test-browser.desktop'), [
    '[Desktop Entry]', 'Type=Application', 'Name=Test browser', `Exec=${node} ${command} %u`,
    'MimeType=x-scheme-handler/http;x-scheme-handler/https;', '',
  ].join('\n'));
  const handlers = ['x-scheme-handler/http=test-browser.desktop', 'x-scheme-handler/https=test-browser.desktop'];
  writeFileSync(join(config, 'mimeapps.list'), ['[Default Applications]', ...handlers, ''].join('\n'));
  return { XDG_DATA_HOME: data, XDG_CONFIG_HOME: config, XDG_CURRENT_DESKTOP: 'X-Generic' };
}
