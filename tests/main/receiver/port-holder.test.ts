import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { openReceiver, portHolder } from '../../../src-main/receiver/index.ts';

const linux = process.platform === 'linux';

describe('who holds a port', () => {
  it.runIf(linux)('names the other program and its process before any browser opens, and leaves it alone', async () => {
    const child = spawn(process.execPath, ['-e', 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>console.log(s.address().port))'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise<void>((done) => { child.once('exit', () => done()); });
    const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next() as { value: string };
    const port = Number(value);
    expect(portHolder(port)).toEqual({ pid: child.pid, name: expect.stringMatching(/\w/) });
    const opened = await openReceiver({ redirect: { host: '127.0.0.1', port, path: '/callback' }, expected: { issuerRequired: false, formPost: false }, onCallback: () => undefined });
    expect(opened).toMatchObject({ ok: false, problem: { code: 'port-in-use', why: expect.stringContaining(`(process ${child.pid})`) } });
    expect(child.exitCode).toBeNull();
    child.kill();
    await ended;
  });

  it('cannot be known where the system says nothing, or something odd', () => {
    const proc = mkdtempSync(join(tmpdir(), 'proc-'));
    expect(portHolder(1, proc)).toBeNull();
    mkdirSync(join(proc, 'net'));
    writeFileSync(join(proc, 'net', 'tcp'), 'sl local rem st\n 0: 0100007F:1F90 00000000:0000 0A 0:0 0:0 0 0 0 4242 1\ngarbage\n 1: 0100007F:1F91 x 01 0:0 0:0 0 0 0 4243 1\n');
    expect(portHolder(0x1f90, proc)).toBeNull();
    expect(portHolder(0x1f91, proc)).toBeNull();
    rmSync(proc, { recursive: true });
  });
});
