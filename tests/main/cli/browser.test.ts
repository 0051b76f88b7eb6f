/** `--open system`, with the test as the desktop's default browser. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSystemBrowser } from '../../../src-main/cli/run/browser.ts';
import { HttpUser } from '../../support/browser/index.ts';
import { startDesktop } from '../../support/desktop/desktop.ts';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the system browser', () => {
  it.each(['file:///etc/passwd', 'javascript:alert(1)', '-a', '--help', 'https://as.test/\n-x', 'https://user@as.test/', 'smb://host/share', ''])('is not given %j', async (url) => {
    expect(await openSystemBrowser(url)).toMatchObject({ ok: false, problem: { code: 'url-refused' } });
  });

  it('is a problem with a way out where it cannot be started', async () => {
    // No such program on this system, whatever it is.
    const elsewhere = process.platform === 'darwin' ? 'linux' : 'darwin';
    expect(await openSystemBrowser('https://as.test/', elsewhere)).toMatchObject({ ok: false, problem: { code: 'browser-not-opened', next: expect.stringContaining('--open print') } });
  });

  it('gets the authorization URL from a checkout, whole, and the run ends with 0', async () => {
    writeFileSync(join(folder, 'p.json'), JSON.stringify({ format: 'grantscope-environment', version: 1, name: 'P', provider: { kind: 'practice' }, authorizationParameters: [{ name: 'x', value: '$(touch pwned)&`"\'%PATH%' }] }));
    const node = process.env['npm_node_execpath'] ?? 'node';
    const desktop = await startDesktop(folder, node);
    const child = spawn(node, ['scripts/grantscope.mjs', 'run', 'p.json'], {
      env: { ...process.env, ...desktop.environment, DISPLAY: process.env['DISPLAY'] ?? ':0', INIT_CWD: folder, ELECTRON_RUN_AS_NODE: undefined }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => texts.push(text));
    const ended = new Promise((done) => { child.once('close', done); });
    const url = await desktop.nextUrl();
    expect(new URL(url).searchParams.get('x')).toBe('$(touch pwned)&`"\'%PATH%');
    await new HttpUser().signIn(url);
    expect({ code: await ended, text: texts.join('') }).toMatchObject({ code: 0, text: expect.stringContaining('The system browser was opened.') });
    await desktop.close();
  });
});
