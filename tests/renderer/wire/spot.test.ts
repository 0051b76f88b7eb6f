import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EvidenceTarget } from '../../../src-main/contract/diagnosis.ts';
import { exactText } from '../../../src-renderer/wire/exact.ts';
import { spotInJson, spotInMessage } from '../../../src-renderer/wire/spot.ts';

const request = exactText('POST /token?tenant=a HTTP/1.1\r\nHost: as.test\r\nAuthorization: Basic \ue0f0client_secret:4:0123456789abcdef\ue0f1\r\n\r\ngrant_type=authorization_code&code=ab%2Fc&redirect_uri=https%3A%2F%2Fa.test%2Fcb&x');
const response = exactText('HTTP/1.1 400 Bad Request\r\nDate: Mon\r\n\r\n{"error":"invalid_grant","error_description":"say \\"no\\""}');
const lit = (text: string, target: EvidenceTarget): string | null => {
  const span = spotInMessage(text, target);
  return span && text.slice(span.start, span.end);
};

describe('where evidence stands in a message', () => {
  it('nowhere, where it is not', () => {
    expect(lit(request, { part: 'request-header', name: 'X-None' })).toBeNull();
    expect(lit(request, { part: 'request-query', name: 'code' })).toBeNull();
    expect(lit(request, { part: 'event' })).toBeNull();
    expect(lit('GET / HTTP/1.1↵\nHost: a↵\n↵\n', { part: 'request-body', name: 'code' })).toBeNull();
  });

  it('a parameter with its value, a header line, a member, the first line, a whole body', () => {
    expect(lit(request, { part: 'request-body', name: 'code' })).toBe('code=ab%2Fc');
    expect(lit(request, { part: 'request-body', name: 'redirect_uri' })).toBe('redirect_uri=https%3A%2F%2Fa.test%2Fcb');
    expect(lit(request, { part: 'request-body', name: 'x' })).toBe('x');
    expect(lit(request, { part: 'request-query', name: 'tenant' })).toBe('tenant=a');
    expect(lit(request, { part: 'request-header', name: 'authorization' })).toMatch(/^Authorization: Basic \ue0f0/);
    expect(lit(response, { part: 'response-body', name: 'error_description' })).toBe('"error_description":"say \\"no\\""');
    expect(lit(response, { part: 'response-status' })).toBe('HTTP/1.1 400 Bad Request↵');
    expect(lit(response, { part: 'response-body' })).toMatch(/^\{"error"/);
    expect(spotInJson('{"a": 1}', 'b')).toBeNull();
  });

  it('never throws and never points outside the text, whatever the text and the name', () => {
    const parts = ['request-line', 'request-query', 'request-header', 'request-body', 'response-status', 'response-header', 'response-body', 'event'] as const;
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom(...parts), fc.option(fc.string({ maxLength: 12 }), { nil: undefined }), (text, part, name) => {
      const span = spotInMessage(exactText(text), { part, ...(name !== undefined && { name }) });
      return span === null || (span.start >= 0 && span.start < span.end && span.end <= exactText(text).length);
    }));
  });
});
