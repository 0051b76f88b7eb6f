import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../../src-main/cli/index.ts';
import { surroundings } from './surroundings.ts';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-cli-'));
const CANARY = `CANARY-code-${Math.random().toString(36).slice(2)}`;
const SECRET = `CANARY-secret-${Math.random().toString(36).slice(2)}`;
const http = `POST /token HTTP/1.1
Host: as.test
Content-Type: application/x-www-form-urlencoded
Authorization: Basic ${Buffer.from(`app:${SECRET}`).toString('base64')}

grant_type=authorization_code&code=${CANARY}&redirect_uri=http%3A%2F%2Flocalhost%2Fcb

HTTP/1.1 400 Bad Request
Content-Type: application/json

{"error":"invalid_grant","error_description":"code ${CANARY} was already used\\u001b[2J"}
`;
writeFileSync(join(folder, 'used.http'), http);
writeFileSync(join(folder, 'fine.http'), http.replace('400 Bad Request', '200 OK').replace(/\{"error".*/, '{"access_token":"t"}'));
writeFileSync(join(folder, 'utf16.http'), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(http, 'utf16le')]));
const authorization = { startedDateTime: '2026-03-01T10:00:00Z', time: 5, request: { method: 'GET', url: 'https://as.test/authorize?response_type=code&client_id=app&redirect_uri=http%3A%2F%2Flocalhost%2Fcb&state=s', headers: [] }, response: { status: 302, headers: [{ name: 'Location', value: `http://localhost/cb?code=${CANARY}&state=s` }], content: {} } };
const redeem = (redirect: string, at: string): unknown => ({ startedDateTime: at, time: 5, request: { method: 'POST', url: 'https://as.test/token', headers: [], postData: { text: `grant_type=authorization_code&code=${CANARY}&client_id=app&redirect_uri=${encodeURIComponent(redirect)}` } }, response: { status: 400, headers: [], content: { text: '{"error":"invalid_grant"}' } } });
writeFileSync(join(folder, 'flow.har'), JSON.stringify({ log: { entries: [authorization, redeem('http://localhost/cb/', '2026-03-01T10:00:01Z')] } }));

interface Said { code: number; out: string; err: string }
async function cli(...words: string[]): Promise<Said> {
  const said: Said = { code: -1, out: '', err: '' };
  said.code = await runCli(words, {
    ...surroundings(folder), out: (text) => { said.out += text; }, err: (text) => { said.err += text; },
    stdin: async function* () { yield Buffer.from(http); },
  });
  return said;
}

describe('grantscope diagnose', () => {
  it('refuses what it does not know', async () => {
    expect(await cli('diagnose', '--jsn', 'x')).toMatchObject({ code: 64, out: '' });
    expect(await cli('diagnose')).toMatchObject({ code: 64 });
    expect(await cli('frobnicate')).toMatchObject({ code: 64 });
    expect(await cli('__proto__')).toMatchObject({ code: 64 });
  });

  it('prints one documented line for each file, in order', async () => {
    const { code, out } = await cli('diagnose', '--json', 'flow.har', 'missing.har', 'used.http', 'fine.http', '-');
    expect(code).toBe(2);
    const lines = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { file: string; error: string | null; causes: { id: string; verdict: string; why: string; evidence: { entry: string; where: string; text: string }[]; fix: string }[]; problem?: unknown });
    expect(lines.map(({ file }) => file)).toEqual(['flow.har', 'missing.har', 'used.http', 'fine.http', '-']);
    expect(lines.map(({ error }) => error)).toEqual(['invalid_grant', null, 'invalid_grant', null, 'invalid_grant']);
    expect(Object.keys(lines[0] ?? {})).toEqual(['file', 'error', 'causes']);
    expect(lines[0]?.causes[0]).toMatchObject({ id: 'redirect_uri_mismatch_token', verdict: 'likely', evidence: [{ entry: 'log.entries[1]', where: 'request body parameter redirect_uri' }, {}] });
    expect(Object.keys(lines[0]?.causes[0] ?? {})).toEqual(['id', 'verdict', 'why', 'evidence', 'fix']);
    expect(Object.keys(lines[0]?.causes[0]?.evidence[0] ?? {})).toEqual(['entry', 'where', 'text']);
    expect(lines[1]).toMatchObject({ causes: [], problem: { code: 'file-unreadable' } });
    expect(lines[2]?.causes[0]?.id).toBe('code_reused');
    expect(lines[3]?.causes).toEqual([]);
    const order = ['likely', 'possible', 'unknowable', 'ruled-out'];
    const ranks = lines[0]?.causes.map(({ verdict }) => order.indexOf(verdict)) ?? [];
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
  });

  it('prints no secret and no control character, in either form', async () => {
    for (const words of [['used.http'], ['--json', 'used.http'], ['flow.har']]) {
      const { out, code } = await cli('diagnose', ...words);
      expect(code).toBe(0);
      expect(out).not.toContain(CANARY);
      expect(out).not.toContain(SECRET);
      expect(out).not.toContain(Buffer.from(`app:${SECRET}`).toString('base64'));
      expect(out).not.toContain('\u001b');
    }
  });

  it('reads what PowerShell’s redirection writes', async () => { expect((await cli('diagnose', 'utf16.http')).out).toMatch(/LIKELY: .*\[code_reused\]/); });
  it('explains itself', async () => {
    expect((await cli('--help')).out).toMatch(/diagnose/);
    expect((await cli('diagnose', '--help')).out).toMatch(/Exit codes:/);
    expect((await cli('diagnose', 'fine.http')).out).toMatch(/Nothing in it was refused/);
  });

  it('runs from the checkout, quietly and relative to the caller', async () => {
    const child = spawn(process.env['npm_node_execpath'] ?? 'node', ['scripts/grantscope.mjs', 'diagnose', '--json', 'flow.har', '-'], { env: { ...process.env, INIT_CWD: folder, ELECTRON_RUN_AS_NODE: undefined } });
    child.stdin.end(http);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString(); });
    const code = await new Promise((done) => { child.once('close', done); });
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n').map((line) => (JSON.parse(line) as { causes: { id: string }[] }).causes[0]?.id)).toEqual(['redirect_uri_mismatch_token', 'code_reused']);
  });
});
