import { describe, expect, it } from 'vitest';
import { importText } from '../../../src-main/import/index.ts';
import { readRaw } from '../../../src-main/import/raw/read.ts';

describe('raw HTTP', () => {
  it('a request with its answer', () => {
    const { exchanges, remarks } = readRaw('POST /oauth/token HTTP/1.1\r\nHost: as.test\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=authorization_code&code=abc\r\n\r\nHTTP/1.1 400 Bad Request\r\nDate: Sun, 01 Mar 2026 10:00:00 GMT\r\nContent-Type: application/json\r\n\r\n{"error":"invalid_grant",\n "error_description":"x"}');
    expect(remarks).toEqual([]);
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]).toMatchObject({ method: 'POST', url: 'https://as.test/oauth/token', body: 'grant_type=authorization_code&code=abc', response: { status: 400, reason: 'Bad Request' } });
    expect(JSON.parse(exchanges[0]?.response?.body ?? '')).toEqual({ error: 'invalid_grant', error_description: 'x' });
  });

  it('a form body and a bare JSON answer after an empty line', () => {
    const { exchanges } = readRaw('POST https://as.test/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=refresh_token&refresh_token=r\n\n{"error":"invalid_grant"}\n');
    expect(exchanges[0]).toMatchObject({ body: 'grant_type=refresh_token&refresh_token=r', response: { status: 400 } });
  });

  it('curl -i and curl -v', () => {
    const i = readRaw('$ curl -i https://as.test/token -d grant_type=x\nHTTP/2 400\ncontent-type: application/json\n\n{"error":"unsupported_grant_type"}');
    expect(i.exchanges[0]?.response).toMatchObject({ status: 400 });
    const v = readRaw('curl -v https://as.test/token -d grant_type=x\n* Connected to as.test\n> POST /token HTTP/1.1\n> Host: as.test\n> Content-Type: application/x-www-form-urlencoded\n>\n* upload done\n< HTTP/1.1 401 Unauthorized\n< date: Sun, 01 Mar 2026 10:00:00 GMT\n<\n{"error":"invalid_client"}');
    expect(v.exchanges).toHaveLength(1);
    expect(v.exchanges[0]).toMatchObject({ body: 'grant_type=x', response: { status: 401 } });
    expect(v.exchanges[0]?.response?.headers).toContainEqual({ name: 'date', value: 'Sun, 01 Mar 2026 10:00:00 GMT' });
  });

  it('several requests in order, with bare URLs of the front channel', () => {
    const read = importText('https://as.test/authorize?response_type=code&client_id=a&redirect_uri=https%3A%2F%2Fapp.test%2Fcb&state=s\nhttps://app.test/cb?code=abc&state=s\n\nPOST /token HTTP/1.1\nHost: as.test\n\ngrant_type=authorization_code&code=abc\n\nHTTP/1.1 400 Bad Request\n\n{"error":"invalid_grant"}');
    if (!read.ok) throw new Error(read.problem.message);
    expect(read.value.events.map(({ type }) => type).filter((type) => !['step-started', 'step-ended', 'exchange-recorded'].includes(type))).toEqual(['run-started', 'authorization-requested', 'callback-received', 'grant-refused', 'flow-ended']);
  });

  it('answers as people write them into issues', () => {
    for (const answer of ['400 Bad Request\n{"error":"invalid_grant"}', 'Response: {"error":"invalid_grant"}', 'HTTP 400\n\n{"error":"invalid_grant"}', 'error=invalid_grant&error_description=x', 'Status: 400\n{"error": "invalid_grant"}', '```json\n{"error":"invalid_grant"}\n```']) {
      const { exchanges } = readRaw(`curl https://as.test/token -d grant_type=x\n\n${answer}`);
      expect(exchanges[0]?.response?.status, answer).toBe(400);
      expect(exchanges[0]?.response?.body, answer).toContain('invalid_grant');
    }
  });

  it('names what it cannot read, and keeps the rest', () => {
    const { exchanges, remarks } = readRaw('dear support,\nit fails:\nPOST /token HTTP/1.1\nContent-Type: text/plain\n\nx=1\n\nPOST /token HTTP/1.1\nHost: as.test\n\ngrant_type=x\n');
    expect(exchanges).toHaveLength(1);
    expect(remarks.map(({ code, field }) => [code, field])).toEqual([['no-host', 'line 3'], ['lines-left-out', 'line 1']]);
  });

  it('refuses text with nothing in it', () => { expect(importText('hello')).toMatchObject({ ok: false, problem: { code: 'nothing-readable' } }); });
});
