/** The words after the app itself: the built main file in a real Electron, with nobody at the screen. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpUser } from '../../support/browser/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-app-'));
const http = `POST /token HTTP/1.1
Host: as.test
Content-Type: application/x-www-form-urlencoded

grant_type=authorization_code&code=abc&redirect_uri=http%3A%2F%2Flocalhost%2Fcb

HTTP/1.1 400 Bad Request
Content-Type: application/json

{"error":"invalid_grant","error_description":"code was already used"}
`;

interface Ended { code: number | null; out: string; err: string }

function app(words: readonly string[], onUrl: (url: string) => void = () => undefined): Promise<Ended> {
  const { ELECTRON_RUN_AS_NODE: _asNode, INIT_CWD: _cwd, ...env } = process.env;
  const command = [process.execPath, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '.', ...words];
  if (process.platform === 'linux' && env['DISPLAY'] === undefined) command.unshift('xvfb-run', '-a');
  const child = spawn(command[0] as string, command.slice(1), { env: { ...env, INIT_CWD: folder, XDG_CONFIG_HOME: join(folder, 'config') }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended: Ended = { code: null, out: '', err: '' };
  let told = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.out += text;
    const url = /^(https?:\/\/\S+)\n/m.exec(ended.out)?.[1];
    if (url === undefined || told) return;
    told = true;
    onUrl(url);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { ended.err += text; });
  return new Promise((done) => { child.once('close', (code) => { done({ ...ended, code }); }); });
}

describe('the app with a command after it', () => {
  // Nothing to do where the build is of these sources.
  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', 'await (await import("./scripts/build.mjs")).ensureBuild()'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

  it('refuses what a command refuses, with its exit code', async () => {
    expect(await app(['run'])).toMatchObject({ code: 2, out: '' });
    expect(await app(['run', 'No such environment'])).toMatchObject({ code: 2, out: '' });
  });

  it('diagnoses a file and explains itself, without a window and without a data folder of its own', async () => {
    writeFileSync(join(folder, 'used.http'), http);
    const { code, out } = await app(['diagnose', '--json', 'used.http']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ file: 'used.http', error: 'invalid_grant' });
    expect((await app(['--help'])).out).toMatch(/^Grantscope: .*\n\nUsage:/);
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('history.db'))).toEqual([]);
  });

  it('runs a flow to its refusal and ends with 1', async () => {
    const { code, out } = await app(['run', 'practice', '--open', 'print', '--then', 'reuse-code'], (url) => { void new HttpUser().signIn(url); });
    expect(code).toBe(1);
    expect(out).toMatch(/LIKELY: .*\[code_reused\]/);
  });
});
