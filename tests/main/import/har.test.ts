import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runEventSchema } from '../../../src-main/contract/run.ts';
import type { Imported } from '../../../src-main/import/index.ts';
import { importText } from '../../../src-main/import/index.ts';

const entry = (change: { url: string; method?: string; post?: unknown; response?: unknown; at?: string }): unknown => ({
  startedDateTime: change.at ?? '2026-03-01T10:00:00.000Z', time: 120,
  request: { method: change.method ?? 'GET', url: change.url, httpVersion: 'h2', headers: [{ name: ':authority', value: 'as.test' }, { name: 'content-type', value: 'application/x-www-form-urlencoded' }], ...(change.post !== undefined && { postData: change.post }) },
  response: change.response ?? { status: 200, statusText: 'OK', headers: [], content: { text: '{}', mimeType: 'application/json' } },
});
const har = (...entries: unknown[]): string => JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries } });
const refused = { status: 400, statusText: 'Bad Request', headers: [{ name: 'date', value: 'Sun, 01 Mar 2026 10:00:09 GMT' }], content: { mimeType: 'application/json', text: '{"error":"invalid_grant"}' } };
const authorization = entry({ url: 'https://as.test/authorize?response_type=code&client_id=a&redirect_uri=https%3A%2F%2Fapp.test%2Fcb&state=s&code_challenge=c', response: { status: 302, statusText: '', headers: [], redirectURL: 'https://app.test/cb?code=abc&state=s', content: {} } });
const token = entry({ at: '2026-03-01T10:00:09.000Z', method: 'POST', url: 'https://as.test/token', post: { mimeType: 'application/x-www-form-urlencoded', text: 'grant_type=authorization_code&code=abc' }, response: refused });

const read = (text: string): Imported => {
  const imported = importText(text);
  if (!imported.ok) throw new Error(imported.problem.message);
  return imported.value;
};
const types = (imported: Imported): string[] => imported.events.map(({ type }) => type).filter((type) => type !== 'step-started' && type !== 'step-ended');

describe('a HAR', () => {
  it('becomes the events of a flow, each naming its entry', () => {
    const imported = read(har(authorization, entry({ url: 'https://app.test/cb?code=abc&state=s' }), token));
    expect(types(imported)).toEqual(['run-started', 'exchange-recorded', 'authorization-requested', 'callback-received', 'exchange-recorded', 'exchange-recorded', 'grant-refused', 'flow-ended']);
    expect(imported.events.find(({ type }) => type === 'grant-refused')).toMatchObject({ step: 'log.entries[2]', error: { error: 'invalid_grant', status: 400 } });
    for (const event of imported.events) expect(runEventSchema.safeParse(event).error?.issues ?? []).toEqual([]);
    expect(imported.events[0]).toMatchObject({ origin: 'imported', environment: null });
  });

  it('drops pseudo headers, takes params and base64 bodies', () => {
    const imported = read(har(
      entry({ method: 'POST', url: 'https://as.test/token', post: { mimeType: 'application/x-www-form-urlencoded', params: [{ name: 'grant_type', value: 'refresh_token' }, { name: 'refresh_token', value: 'a b' }] }, response: { ...refused, content: { mimeType: 'application/json', encoding: 'base64', text: Buffer.from('{"error":"invalid_grant"}').toString('base64') } } }),
    ));
    const recorded = imported.events.find((event) => event.type === 'exchange-recorded');
    const exchange = recorded?.type === 'exchange-recorded' ? recorded.exchange : null;
    expect(exchange?.request).not.toContain(':authority');
    expect(exchange?.request).toContain('grant_type=refresh_token&refresh_token=a+b');
    expect(exchange?.response?.body).toBe('{"error":"invalid_grant"}');
    expect(types(imported)).toContain('grant-refused');
  });

  it('reads tokens, PAR, form_post and metadata', () => {
    const imported = read(har(
      entry({ url: 'https://as.test/.well-known/openid-configuration', response: { status: 200, statusText: '', headers: [], content: { text: '{"issuer":"https://as.test"}' } } }),
      entry({ method: 'POST', url: 'https://as.test/par', post: { text: 'response_type=code&client_id=a&redirect_uri=https%3A%2F%2Fapp.test%2Fcb&state=s&code_challenge=x' }, response: { status: 201, statusText: '', headers: [], content: { text: '{"request_uri":"urn:1"}' } } }),
      entry({ url: 'https://as.test/authorize?client_id=a&request_uri=urn%3A1' }),
      entry({ method: 'POST', url: 'https://app.test/cb', post: { text: 'code=abc&state=s' } }),
      entry({ method: 'POST', url: 'https://as.test/token', post: { text: 'grant_type=authorization_code&code=abc' }, response: { status: 200, statusText: '', headers: [], content: { text: '{"access_token":"t","refresh_token":"r"}' } } }),
    ));
    expect(types(imported)).toEqual(expect.arrayContaining(['metadata-read', 'authorization-requested', 'callback-received', 'tokens-received']));
    expect(imported.events.find(({ type }) => type === 'authorization-requested')).toMatchObject({ redirectUri: 'https://app.test/cb', codeChallenge: 'x', state: 's' });
    expect(imported.secrets).toEqual(expect.arrayContaining(['access_token', 'refresh_token', 'authorization_code']));
  });

  it('cut off in the middle gives the entries before the cut and names the place', () => {
    const whole = har(authorization, token, token);
    const imported = read(whole.slice(0, whole.lastIndexOf('"startedDateTime"') + 30));
    expect(imported.exchanges).toBe(2);
    expect(imported.remarks[0]).toMatchObject({ code: 'broken-json' });
    expect(imported.remarks[0]?.message).toMatch(/broken in log\.entries\[2\] at character \d+ \(line 1, column \d+\); 2 whole entries/);
  });

  it('names entries it cannot read', () => {
    const imported = read(har(token, { request: { url: 'javascript:alert(1)' } }, null, entry({ url: 'chrome-extension://x/y' })));
    expect(imported.exchanges).toBe(1);
    expect(imported.remarks).toContainEqual(expect.objectContaining({ code: 'entries-skipped', message: expect.stringContaining('3 entries') }));
  });

  it('of any shape is read or refused, never thrown over', () => {
    fc.assert(fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (entries) => { expect(() => importText(JSON.stringify({ log: { entries } }))).not.toThrow(); }));
    const text = har(authorization, token);
    fc.assert(fc.property(fc.nat(text.length), fc.string({ maxLength: 3 }), (at, junk) => { expect(() => importText(text.slice(0, at) + junk + text.slice(at + junk.length))).not.toThrow(); }), { numRuns: 300 });
  });
});

describe('a body that was recorded as it was on the wire', () => {
  const packed = (text: string): unknown => ({ status: 401, statusText: '', headers: [{ name: 'content-encoding', value: 'gzip' }], content: { encoding: 'base64', text } });

  it('is unpacked', () => {
    const imported = read(har(entry({ method: 'POST', url: 'https://as.test/token', post: { text: 'grant_type=client_credentials' }, response: packed(gzipSync('{"error":"invalid_client"}').toString('base64')) })));
    expect(imported.events.find((event) => event.type === 'grant-refused')).toMatchObject({ error: { error: 'invalid_client' } });
  });

  it('stays as it is where it is broken or would be too large', () => {
    const cut = gzipSync('{"error":"invalid_client"}').subarray(0, 12).toString('base64');
    const bomb = gzipSync(Buffer.alloc(5_000_000)).toString('base64');
    for (const text of [cut, bomb]) expect(read(har(entry({ method: 'POST', url: 'https://as.test/token', post: { text: 'grant_type=client_credentials' }, response: packed(text) }))).exchanges).toBe(1);
  });
});

describe('entries alone, without the log around them', () => {
  it('are read like a HAR', () => {
    expect(read(JSON.stringify([authorization, token]))).toMatchObject({ format: 'har', exchanges: 2 });
  });
});
