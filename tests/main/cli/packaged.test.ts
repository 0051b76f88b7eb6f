/** The built app as it is in a release: its own executable, its files under resources/app, no checkout around it. */
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-packaged-'));
const executable = join(folder, 'app', process.platform === 'win32' ? 'grantscope.exe' : 'grantscope');
const run = promisify(execFile);

function grantscope(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { ELECTRON_RUN_AS_NODE: _asNode, INIT_CWD: _cwd, ...env } = process.env;
  return run(executable, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...words], { cwd: folder, env: { ...env, XDG_CONFIG_HOME: join(folder, 'config') }, timeout: 60_000 })
    .then(({ stdout, stderr }) => ({ code: 0, stdout, stderr }), (error: { code: number; stdout: string; stderr: string }) => error);
}

// On macOS a release is a bundle with another layout: not tried here.
describe.runIf(process.platform === 'linux')('the packaged app with a command after it', () => {
  beforeAll(async () => {
    await run(process.execPath, ['--input-type=module', '-e', 'await (await import("./scripts/build.mjs")).ensureBuild()'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    const electron = dirname(process.execPath);
    mkdirSync(join(folder, 'app/resources/app'), { recursive: true });
    for (const name of readdirSync(electron)) {
      if (name === 'resources' || join(electron, name) === process.execPath) continue;
      symlinkSync(join(electron, name), join(folder, 'app', name));
    }
    copyFileSync(process.execPath, executable);
    cpSync('out', join(folder, 'app/resources/app/out'), { recursive: true });
    copyFileSync('package.json', join(folder, 'app/resources/app/package.json'));
    symlinkSync(resolve('node_modules'), join(folder, 'app/resources/app/node_modules'));
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

  it('refuses what a command refuses, with its exit code', async () => {
    expect(await grantscope('run')).toMatchObject({ code: 2, stdout: '' });
    expect(await grantscope('diagnose', 'not-there.har')).toMatchObject({ code: expect.any(Number) as number, stdout: '' });
  });

  it('diagnoses a file that lies where it was called, and explains itself', async () => {
    writeFileSync(join(folder, 'used.http'), [
      'POST /token HTTP/1.1', 'Host: as.test', 'Content-Type: application/x-www-form-urlencoded', '', 'grant_type=authorization_code&code=abc&redirect_uri=http%3A%2F%2Flocalhost%2Fcb', '',
      'HTTP/1.1 400 Bad Request', 'Content-Type: application/json', '', '{"error":"invalid_grant","error_description":"code was already used"}', '',
    ].join('\n'));
    const { code, stdout } = await grantscope('diagnose', '--json', 'used.http');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: 'used.http', error: 'invalid_grant' });
    expect((JSON.parse(stdout) as { causes: { id: string }[] }).causes[0]?.id).toBe('code_reused');
  });

  it('--help lists both commands', async () => {
    expect((await grantscope('--help')).stdout).toMatch(/grantscope diagnose[\s\S]*grantscope run/);
  });
});
