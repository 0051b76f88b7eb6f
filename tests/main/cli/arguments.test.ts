import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRunArguments } from '../../../src-main/cli/run/arguments.ts';
import { canary } from '../../support/keyring/canary.ts';

describe('the words after run', () => {
  it('never repeat what stands where a secret may have been typed', () => {
    const secret = canary('word');
    for (const words of [[`--password=${secret}`], [`--PASSWORD=${secret}`], ['--client-secret', secret], [`--Client-Secret=${secret}`], ['--secret-env', `${secret}.`], ['-p', secret], ['a', secret]]) {
      const read = readRunArguments(['x.json', ...words]);
      expect(read.ok).toBe(false);
      expect(JSON.stringify(read)).not.toContain(secret);
    }
  });

  it('are understood in any order, with = or without', () => {
    expect(readRunArguments(['--then=wait:1', '--open', 'print', 'Tenant A', '--json', '--then', 'refresh', '--secret-env=MY_SECRET'])).toEqual({
      ok: true, value: { target: 'Tenant A', open: 'print', json: true, secretVariable: 'MY_SECRET', then: [{ wait: 1 }, { do: 'refresh' }] },
    });
    expect(readRunArguments(['--', '--json'])).toMatchObject({ ok: true, value: { target: '--json', json: false } });
  });

  it('whatever they are: a result, never an exception', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('--open', '--then', '--json', '--secret-env', '--', '-', 'print', 'wait:1', 'refresh', 'X'));
    fc.assert(fc.property(fc.array(word, { maxLength: 8 }), (words) => { expect(typeof readRunArguments(words).ok).toBe('boolean'); }));
  });
});
