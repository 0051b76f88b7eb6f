import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, readTokenResponse } from '../../../../src-main/contract/index.ts';

const read = (body: string, type?: string) => readTokenResponse(bytesOf(body), type);
const codeOf = (body: string, type?: string): string => { const found = read(body, type); return found.ok ? 'ok' : found.problem.code; };

describe('readTokenResponse', () => {
  it('reads JSON', () => {
    expect(read('{"access_token":"a","expires_in":3600}', 'application/json; charset=utf-8')).toEqual({ ok: true, value: { members: { access_token: 'a', expires_in: 3600 }, format: 'json', findings: [] } });
  });

  it('reads JSON under another type and says so', () => {
    const found = read('\ufeff {"access_token":"a"}', 'text/plain');
    expect(found).toMatchObject({ ok: true, value: { members: { access_token: 'a' }, findings: [{ code: 'content-type' }] } });
  });

  it('reads a form and says so', () => {
    expect(read('access_token=a%20b&scope=&token_type=bearer&scope=x', 'application/x-www-form-urlencoded')).toMatchObject({
      ok: true, value: { format: 'form', members: { access_token: 'a b', scope: 'x', token_type: 'bearer' }, findings: [{ code: 'form-encoded' }, { code: 'duplicate-members' }] },
    });
  });

  it('names what cannot be read', () => {
    expect(codeOf('')).toBe('empty');
    expect(codeOf('<!DOCTYPE html><p>', 'application/json')).toBe('html');
    expect(codeOf('<?xml version="1.0"?><a/>')).toBe('html');
    expect(codeOf('{"access_token":"a', 'application/json')).toBe('truncated');
    expect(codeOf('{"access_token":{"a":1}', 'application/json')).toBe('truncated');
    expect(codeOf('{"access_token":}', 'application/json')).toBe('not-json');
    expect(codeOf('hello world', 'text/plain')).toBe('not-json');
    expect(codeOf('[]', 'application/json')).toBe('not-object');
    expect(codeOf('"a"', 'application/json')).toBe('not-object');
    expect(codeOf('null', 'application/json')).toBe('not-object');
  });

  it('reports members that stand twice, by their decoded name and at the top only', () => {
    const found = read('{"a":{"x":1,"x":2},"expires_in":1,"\\u0065xpires_in":2}', 'application/json');
    expect(found.ok && found.value.findings).toMatchObject([{ code: 'duplicate-members', message: 'These members stand more than once: expires_in.' }]);
    expect(found.ok && found.value.members['expires_in']).toBe(2);
  });

  it('lets nothing become a prototype', () => {
    for (const body of ['{"__proto__":{"access_token":"x"},"a":1}', '__proto__=1&a=1']) {
      const found = read(body, body.startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded');
      expect(found.ok && Object.keys(found.value.members)).toEqual(['a']);
      expect(found.ok && found.value.members['access_token']).toBeUndefined();
    }
  });

  it('survives 100,000 levels', () => {
    expect(codeOf(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'application/json')).toMatch(/ok|not-json/);
    expect(codeOf('['.repeat(100_000), 'application/json')).toBe('truncated');
  });

  it('never throws, and reads every object back', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.option(fc.string(), { nil: undefined }), (body, type) => {
      expect(typeof read(body, type).ok).toBe('boolean');
    }), { numRuns: 1000 });
    fc.assert(fc.property(fc.dictionary(fc.string({ maxLength: 8 }).filter((name) => name !== '__proto__'), fc.jsonValue()), (object) => {
      expect(read(JSON.stringify(object), 'application/json')).toMatchObject({ ok: true, value: { members: JSON.parse(JSON.stringify(object)), findings: [] } });
    }));
  });
});
