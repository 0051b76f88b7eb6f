import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFetch } from '../../../src-main/import/fetch.ts';
import { importText } from '../../../src-main/import/index.ts';
import type { ImportedExchange, Remark } from '../../../src-main/import/imported.ts';
import { readRaw } from '../../../src-main/import/raw/read.ts';

const copied = `fetch("https://as.test/token", {
  "headers": {
    "accept": "application/json",
    "content-type": "application/x-www-form-urlencoded"
  },
  "body": "grant_type=refresh_token&refresh_token=r-1%2F2",
  "method": "POST",
  "mode": "cors"
});`;
const only = (text: string): ImportedExchange | undefined => readRaw(text).exchanges[0];

describe('copy as fetch', () => {
  it('is one request', () => {
    expect(only(copied)).toMatchObject({ method: 'POST', url: 'https://as.test/token', body: 'grant_type=refresh_token&refresh_token=r-1%2F2' });
    expect(only(copied)?.headers).toContainEqual({ name: 'content-type', value: 'application/x-www-form-urlencoded' });
  });

  it('takes the answer that follows it', () => {
    expect(only(`${copied}\n\n{"error":"invalid_grant"}\n`)?.response).toMatchObject({ status: 400 });
  });

  it('keeps the address where the options are no JSON, and says so', () => {
    const { exchanges, remarks } = readRaw("await fetch('https://as.test/token', { method: 'POST', body: form })\n");
    expect(exchanges[0]?.url).toBe('https://as.test/token');
    expect(remarks.some(({ code }) => code === 'options-unreadable')).toBe(true);
  });

  it('never throws and always goes on', () => {
    fc.assert(fc.property(fc.string({ maxLength: 80 }), fc.constantFrom('fetch("https://as.test/token", {', 'fetch("https://as.test/token"', 'fetch("https://as.test/%zz",{"headers":{', ''), (rest, start) => {
      const remarks: Remark[] = [];
      const read = readFetch(start + rest, 0, 'request 1', remarks);
      if (read !== null) expect(read.end).toBeGreaterThan(0);
      expect(importText(`${start}${rest}`)).toHaveProperty('ok');
    }), { numRuns: 200 });
  });
});
