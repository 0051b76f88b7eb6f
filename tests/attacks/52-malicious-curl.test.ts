import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Imported } from '../../src-main/import/index.ts';
import { importText } from '../../src-main/import/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-attack-52-'));
const canary = join(folder, 'canary.txt');
const SECRET = `CANARY-file-${Math.random().toString(36).slice(2)}`;
writeFileSync(canary, SECRET);

let contacted = 0;
const server = createServer((socket) => { contacted += 1; socket.destroy(); });
await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
afterAll(() => { server.close(); });

function read(command: string): Imported {
  const imported = importText(command);
  if (!imported.ok) throw new Error(imported.problem.message);
  return imported.value;
}

describe('attack 52: a malicious curl command', () => {
  it.each([
    `-d @${canary}`, `--data-binary @${canary}`, `--data-ascii @${canary}`, `--data-urlencode x@${canary}`, `--data-urlencode @${canary}`, `--json @${canary}`, `-F f=@${canary}`, `-F 'f=<${canary}'`,
    `-H @${canary}`, `-b ${canary}`, `-K ${canary}`, `--config ${canary}`, `-T ${canary}`, `-o ${folder}/out`, `-O`, `--output ${folder}/out`, `-D ${folder}/head`, `-c ${folder}/jar`, `--trace ${folder}/trace`, '-n', '--netrc', `--netrc-file ${canary}`, `--cert ${canary}`,
  ])('curl %s: nothing is read or written, and it is said', (option) => {
    const imported = read(`curl ${option} ${origin}/token -d grant_type=x`);
    expect(JSON.stringify(imported.events)).not.toContain(SECRET);
    expect(imported.remarks.some(({ code }) => code === 'file-option'), JSON.stringify(imported.remarks)).toBe(true);
    expect(readdirSync(folder)).toEqual(['canary.txt']);
  });

  it.each(['-x http://127.0.0.1:1', '--proxy http://127.0.0.1:1', '--unix-socket /var/run/docker.sock', '--resolve as.test:443:127.0.0.1', '--connect-to ::127.0.0.1:1'])('curl %s: left out with a remark', (option) => {
    expect(read(`curl ${option} ${origin}/token`).remarks.map(({ code }) => code)).toEqual(['route-option']);
  });

  it.each([
    ['-d "$(touch X)"', '$(touch X)'], ['-d `touch X`', '`touch'], ['-d "`touch X`"', '`touch X`'], ["-d $'a\\x41\\n'", 'aA'], ['-d "${HOME}"', '${HOME}'], ['-d $HOME', '$HOME'],
  ])('curl %s: stays text', (option, literal) => {
    expect(JSON.stringify(read(`curl ${origin}/token ${option.replaceAll('X', join(folder, 'made'))}`).events)).toContain(JSON.stringify(literal.replaceAll('X', join(folder, 'made'))).slice(1, -1));
    expect(readdirSync(folder)).toEqual(['canary.txt']);
  });

  it.each([';rm -rf /', '&& touch x', '| sh', '& touch x', '|| touch x'])('what follows “%s” is no part of the request', (tail) => {
    const imported = read(`curl ${origin}/token -d a=1 ${tail}`);
    expect(JSON.stringify(imported.events)).not.toMatch(/touch|rm -rf|"sh"/);
    expect(imported.remarks.some(({ code }) => code === 'not-run')).toBe(true);
  });

  it('unbalanced quotes are refused with their position', () => {
    for (const command of ["curl 'x", 'curl "x', "curl $'x", 'curl ^"x ^']) expect(importText(command)).toMatchObject({ ok: false, problem: { code: 'nothing-readable' } });
    const imported = importText(`curl ${origin} -d 'x`);
    expect(imported.ok ? '' : imported.problem.why).toMatch(/is never closed/);
  });

  it('ten megabytes and NUL bytes are borne', () => {
    const started = performance.now();
    expect(() => importText(`curl ${origin}/token -d '${'a'.repeat(10_000_000)}'`)).not.toThrow();
    expect(() => importText(`curl ${origin}/token\0-d 'a\0b' -H "x: \0"`)).not.toThrow();
    expect(() => importText(`curl ${'-d x '.repeat(400_000)}${origin}`)).not.toThrow();
    expect(() => importText(`curl ${'\\'.repeat(1_000_000)}`)).not.toThrow();
    expect(() => importText('POST /x\n'.repeat(300_000))).not.toThrow();
    expect(() => importText('{}\n'.repeat(300_000))).not.toThrow();
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('header injection stays in one header', () => {
    const imported = read(`curl ${origin}/token -H $'X: a\\r\\nAuthorization: Basic eDp5' -d grant_type=x`);
    const recorded = imported.events.find((event) => event.type === 'exchange-recorded');
    expect(recorded?.type === 'exchange-recorded' ? recorded.exchange.request : '').not.toMatch(/\r\nAuthorization/);
  });

  it('nothing was sent by any of it', () => { expect(contacted).toBe(0); });
});
