import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src-main/contract/index.ts';
import { foldRun, runEventSchema } from '../../../src-main/contract/index.ts';
import { ImportSession } from '../../../src-main/import/index.ts';
import { limits } from '../../../src-main/import/limits.ts';

const page = (url: string, size = 10): unknown => ({ startedDateTime: '2026-03-01T10:00:01Z', time: 5, request: { method: 'GET', url, headers: [] }, response: { status: 200, statusText: 'OK', headers: [], content: { text: 'x'.repeat(size) } } });
const token = { startedDateTime: '2026-03-01T10:00:09Z', time: 30, request: { method: 'POST', url: 'https://as.test/token', headers: [], postData: { text: 'grant_type=authorization_code&code=abc' } }, response: { status: 400, statusText: '', headers: [], content: { text: '{"error":"invalid_grant"}' } } };
const har = (...entries: unknown[]): string => JSON.stringify({ log: { entries } });

function eventsOf(session: ImportSession): RunEvent[][] {
  const parts: RunEvent[][] = [];
  for (let part = session.next(); part.length > 0; part = session.next()) parts.push(part);
  return parts;
}

describe('an import from its text to its events', () => {
  it('begins nothing before something was read, nor after a text that could not be', () => {
    const session = new ImportSession();
    expect(() => session.begin('x', 'all', 1)).toThrow(TypeError);
    expect(session.preview('GET https://a.test/').ok).toBe(true);
    expect(session.preview('nothing').ok).toBe(false);
    expect(() => session.begin('x', 'all', 1)).toThrow(TypeError);
  });

  it('hands the events out in parts, in order and without a gap', () => {
    const session = new ImportSession();
    session.preview(har(...Array.from({ length: 300 }, (_, at) => page(`https://app.test/${at}`)), token));
    session.begin('Many', 'all', 5);
    const parts = eventsOf(session);
    expect(parts.length).toBeGreaterThan(3);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(200);
    const events = parts.flat();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    const state = foldRun(events);
    expect(state).toMatchObject({ title: 'Many', started: { importedAt: 5 }, ended: { outcome: 'refused' } });
    expect(state.steps.every(({ outcome }) => outcome !== undefined)).toBe(true);
  });

  it('keeps only the grant where that is asked, the redirects of the provider with it', () => {
    const session = new ImportSession();
    const callback = { ...page('https://app.test/cb?code=abc&state=s') as object };
    const authorize = { startedDateTime: '2026-03-01T10:00:00Z', time: 5, request: { method: 'GET', url: 'https://as.test/authorize?response_type=code&client_id=a&redirect_uri=https%3A%2F%2Fapp.test%2Fcb&state=s', headers: [] }, response: { status: 200, headers: [] } };
    const login = { startedDateTime: '2026-03-01T10:00:00Z', time: 5, request: { method: 'POST', url: 'https://as.test/login', headers: [], postData: { text: 'user=ada' } }, response: { status: 302, headers: [] } };
    expect(session.preview(har(page('https://cdn.test/a.js'), authorize, login, callback, page('https://app.test/picture'), token))).toMatchObject({ ok: true, value: { exchanges: 6, signIn: 4, tokenRequests: 1, refused: 1, from: Date.parse('2026-03-01T10:00:00Z'), to: Date.parse('2026-03-01T10:00:09Z') } });
    session.begin('x', 'sign-in', 1);
    expect([...foldRun(eventsOf(session).flat()).exchanges.values()].map(({ exchange }) => exchange.url.split('?')[0])).toEqual(['https://as.test/authorize', 'https://as.test/login', 'https://app.test/cb', 'https://as.test/token']);
  });

  it('cuts bodies outside the grant where they are too many, says so in each, and never those of the grant', () => {
    const session = new ImportSession();
    session.preview(har(...Array.from({ length: 3 }, () => page('https://app.test/a', limits.body)), page('https://app.test/b', 20), token));
    session.begin('x', 'all', 1);
    const [a, , , b, c] = [...foldRun(eventsOf(session).flat()).exchanges.values()].map(({ exchange }) => exchange.response);
    expect(a?.body).toHaveLength(limits.outsideBody);
    expect(a?.cut).toEqual({ kept: limits.outsideBody, limit: limits.outsideBody, counted: 'decoded' });
    expect([b?.body.length, b?.cut, c?.cut]).toEqual([20, undefined, undefined]);
    expect(c?.body).toContain('invalid_grant');
  });

  it('a HAR cut off in the middle: the part, line and column, and what came before it', () => {
    const text = JSON.stringify({ log: { entries: [token, page('https://app.test/')] } }, null, 1);
    const preview = new ImportSession().preview(text.slice(0, -40));
    expect(preview).toMatchObject({ ok: true, value: { exchanges: 1, refused: 1 } });
    expect(preview.ok && preview.value.remarks[0]?.message).toMatch(/^The file is broken in log\.entries\[1\] at character \d+ \(line \d+, column \d+\)/);
  });

  it.each([
    ['HTTP/1.1 401 Unauthorized\n\n{"error":"invalid_client"}', 401, 'invalid_client', 0],
    ['{"error":"invalid_grant"}', 400, 'invalid_grant', 0],
    ['<h1>The code has expired</h1>', 400, null, 1],
    ['GET https://other.test/ HTTP/1.1', 400, null, 1],
  ])('an answer of its own: %s', (answer, status, error, remarks) => {
    const preview = new ImportSession().preview('curl https://as.test/token -d grant_type=refresh_token', answer);
    expect(preview).toMatchObject({ ok: true, value: { exchanges: 1, unanswered: null, lines: [{ status }] } });
    expect(preview.ok && preview.value.remarks.filter(({ code }) => code === 'status-assumed').length).toBe(remarks);
    if (error !== null) expect(preview).toMatchObject({ value: { lines: [{ error }] } });
  });

  it('an answer is not put where there is one already', () => {
    const preview = new ImportSession().preview('curl https://as.test/token -d grant_type=x\n\nHTTP/1.1 500 Oops\n\n', 'HTTP/1.1 200 OK');
    expect(preview).toMatchObject({ ok: true, value: { lines: [{ status: 500 }] } });
  });

  it('attack 52: commands that never end cost no more than their length', () => {
    const started = performance.now();
    for (const part of ["curl '\n", 'iwr (\n', 'curl a.b\n', 'POST https://a.b/token\n\n--x\nname=x\n']) new ImportSession().preview(part.repeat(32_000 / part.length));
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('whatever the text, it is read or refused, and what is read gives events of the contract', () => {
    const part = fc.constantFrom('curl ', "'", '"', 'https://as.test/token', ' -d ', 'grant_type=refresh_token', '\n', '\n\n', 'HTTP/1.1 400 Bad Request', '{"error":"invalid_grant"}', 'POST /token HTTP/1.1', 'Host: as.test', '{"log":{"entries":[', ']}}', '\ue0f0', '\0', 'iwr -Uri ');
    fc.assert(fc.property(fc.array(part, { maxLength: 25 }), fc.string(), (parts, answer) => {
      const session = new ImportSession();
      const preview = session.preview(parts.join(''), answer);
      if (!preview.ok) return preview.problem.message !== '';
      session.begin(preview.value.title || 'x', 'sign-in', 1);
      return eventsOf(session).flat().every((event) => runEventSchema.safeParse(event).success) && !JSON.stringify(preview.value.lines).includes('\ue0f0');
    }), { numRuns: 300 });
  });
});
