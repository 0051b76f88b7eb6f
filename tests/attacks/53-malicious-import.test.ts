import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src-main/diagnosis/index.ts';
import { importLimits, importText } from '../../src-main/import/index.ts';

const entry = (url: string, text = ''): unknown => ({
  startedDateTime: '2026-03-01T10:00:00Z', time: 1, request: { method: 'POST', url, headers: [], postData: { text } },
  response: { status: 400, statusText: '', headers: [], content: { text: '{"error":"invalid_grant"}' } },
});
const har = (...entries: unknown[]): string => JSON.stringify({ log: { version: '1.2', entries } });

describe('attack 53: a malicious HAR', () => {
  it('__proto__ members change nothing', () => {
    const text = '{"__proto__":{"polluted":1},"log":{"__proto__":{"polluted":1},"entries":[{"__proto__":{"polluted":1},"request":{"method":"POST","url":"https://as.test/token","headers":[{"name":"__proto__","value":"x"}],"postData":{"text":"__proto__=1&grant_type=__proto__&constructor=2"}},"response":{"status":400,"headers":[],"content":{"text":"{\\"__proto__\\":{\\"error\\":\\"invalid_grant\\"},\\"error\\":\\"invalid_grant\\"}"}}}]}}';
    const imported = importText(text);
    if (!imported.ok) throw new Error(imported.problem.message);
    expect(() => diagnose(imported.value.events)).not.toThrow();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('more than the limit is refused before it is parsed', () => {
    const started = performance.now();
    const text = `{"log":{"entries":[${' '.repeat(importLimits.text)}]}}`;
    expect(importText(text)).toMatchObject({ ok: false, problem: { code: 'import-too-large' } });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('a million entries: the last ones are read, and it is said', () => {
    const one = JSON.stringify({ request: { method: 'GET', url: 'https://a.test/' } });
    const imported = importText(`{"log":{"entries":[${`${one},`.repeat(999_999)}${JSON.stringify(entry('https://as.test/token', 'grant_type=x'))}]}}`);
    if (!imported.ok) throw new Error(imported.problem.message);
    expect(imported.value.exchanges).toBe(importLimits.entries);
    expect(imported.value.remarks[0]).toMatchObject({ code: 'too-many-entries' });
    expect(diagnose(imported.value.events)?.error.error).toBe('invalid_grant');
  });

  it('a body beyond its limit is cut, and it is said where', () => {
    const imported = importText(har(entry('https://as.test/token', `grant_type=x&y=${'a'.repeat(importLimits.body * 2)}`)));
    if (!imported.ok) throw new Error(imported.problem.message);
    expect(imported.value.remarks[0]).toMatchObject({ code: 'body-cut', field: 'log.entries[0].request.postData' });
  });

  it('binary bodies and wrong base64 are bytes, not text', () => {
    const bytes = Buffer.from([0, 255, 128, 10]).toString('base64');
    const imported = importText(JSON.stringify({ log: { entries: [{ request: { method: 'GET', url: 'https://a.test/x' }, response: { status: 200, content: { encoding: 'base64', text: bytes } } }, { request: { method: 'GET', url: 'https://a.test/y' }, response: { status: 200, content: { encoding: 'base64', text: '!!not base64!!' } } }] } }));
    if (!imported.ok) throw new Error(imported.problem.message);
    const recorded = imported.value.events.find((event) => event.type === 'exchange-recorded');
    expect(recorded?.type === 'exchange-recorded' ? recorded.exchange.response?.body : '').toBe('\u0000\u00ff\u0080\n');
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', '../../etc/passwd', 'https://', 'http://[::1'])('%s is no request', (url) => {
    expect(importText(har(entry(url)))).toMatchObject({ ok: false, problem: { code: 'nothing-readable' } });
  });

  it('template text stays literal', () => {
    const imported = importText(har(entry('https://as.test/token', 'grant_type={{grant}}&code=${process.env.HOME}&x=<%= 1 %>')));
    if (!imported.ok) throw new Error(imported.problem.message);
    const text = JSON.stringify(imported.value.events);
    for (const literal of ['{{grant}}', '${process.env.HOME}', '<%= 1 %>']) expect(text).toContain(literal);
  });

  it('line breaks in names and values do not make further headers', () => {
    const imported = importText(JSON.stringify({ log: { entries: [{ request: { method: 'POST', url: 'https://a.test/token', headers: [{ name: 'X', value: 'a\r\nAuthorization: Basic eDp5' }, { name: 'Y\r\nCookie', value: 'z' }] }, response: { status: 400, statusText: 'x\r\nSet-Cookie: a=b', headers: [], content: {} } }] } }));
    if (!imported.ok) throw new Error(imported.problem.message);
    const recorded = imported.value.events.find((event) => event.type === 'exchange-recorded');
    const exchange = recorded?.type === 'exchange-recorded' ? recorded.exchange : null;
    expect(`${exchange?.request ?? ''}${exchange?.response?.raw ?? ''}`).not.toMatch(/\r\n(?:Authorization|Cookie|Set-Cookie)/);
  });

  it('other people’s live tokens are named by kind, so that they can be dropped', () => {
    const CANARY = 'CANARY-refresh-8f1b2c3d';
    const imported = importText(har(entry('https://as.test/token', `grant_type=refresh_token&refresh_token=${CANARY}&client_secret=${CANARY}-s`)));
    if (!imported.ok) throw new Error(imported.problem.message);
    expect(imported.value.secrets).toEqual(['client_secret', 'refresh_token']);
    expect(JSON.stringify(imported.value.remarks)).not.toContain('CANARY');
    expect(JSON.stringify(diagnose(imported.value.events))).not.toContain('CANARY');
  });

  it('hostile multipart and markup cannot stall it', () => {
    const started = performance.now();
    const imported = importText(har(
      { request: { method: 'POST', url: 'https://as.test/token', headers: [], postData: { text: `--a\r\n${'name=x\r\n'.repeat(100_000)}` } }, response: { status: 400, headers: [], content: { text: `<script>${'<script>'.repeat(100_000)}` } } }));
    if (!imported.ok) throw new Error(imported.problem.message);
    diagnose(imported.value.events);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
