import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLines, jsonPath, jsonText, literalText } from '../../../../src-main/contract/read/json-lines.ts';

const written = (text: string): string => jsonText(jsonLines(text) ?? []);

describe('a JSON text line by line', () => {
  it('is refused where it is none', () => {
    for (const text of ['', '{', '{"a":}', '[1,]', 'nul', '<html>', '{"a":1}}', "{'a':1}"]) expect(jsonLines(text)).toBeNull();
  });

  it('keeps what JSON.parse would lose: duplicates, long numbers, escapes, order', () => {
    expect(written('{"a":1,"a":2,"10":3,"2":1.0,"n":12345678901234567890,"e":"\\u0041\\ud800"}'))
      .toBe('{\n  "a": 1,\n  "a": 2,\n  "10": 3,\n  "2": 1.0,\n  "n": 12345678901234567890,\n  "e": "\\u0041\\ud800"\n}');
  });

  it('attack 19: depth and length do not hurt', () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    expect(jsonLines(deep)).toHaveLength(99_999);
    const long = jsonLines(`{"a":"${'x'.repeat(1_048_576)}"}`);
    expect(long).toHaveLength(3);
    const many = `[${Array.from({ length: 100_000 }, () => '1').join(',')}]`;
    expect(jsonLines(many)).toHaveLength(100_002);
  });

  it('paths name members and places (RFC 9535)', () => {
    const lines = jsonLines('{"keys":[{"kid":"a"},{"x y\'":[]}],"":1}') ?? [];
    expect(lines.map((_line, at) => jsonPath(lines, at))).toEqual(['$', '$.keys', '$.keys[0]', '$.keys[0].kid', '$.keys[0]', '$.keys[1]', "$.keys[1]['x y\\'']", '$.keys[1]', '$.keys', "$['']", '$']);
    expect(jsonText(lines, 1)).toBe('[\n  {\n    "kid": "a"\n  },\n  {\n    "x y\'": []\n  }\n]');
  });

  it('says the same as JSON.parse, whatever the value (fuzz)', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 4), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const lines = jsonLines(text) ?? [];
      expect(JSON.parse(jsonText(lines))).toEqual(JSON.parse(text));
      for (const [at, { kind, end, parent, depth }] of lines.entries()) {
        if (kind === 'open') expect(lines[end]).toMatchObject({ kind: 'close', parent: at, depth });
        if (parent >= 0) expect(parent).toBeLessThan(at);
      }
    }), { numRuns: 300 });
  });

  it('any text at all gives lines or nothing, and never throws (fuzz)', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'a', '1', ' ', 'u', '\ue0f0') }), (text) => {
      const lines = jsonLines(text);
      if (lines) expect(() => JSON.parse(jsonText(lines)) as unknown).not.toThrow();
      literalText(text);
    }), { numRuns: 500 });
  });
});
