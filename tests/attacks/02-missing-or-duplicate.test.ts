import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from '../support/browser/index.ts';
import { listening } from '../support/browser/index.ts';

describe('attack 2: missing state and parameters that stand twice', () => {
  let open: Listening;
  beforeEach(async () => { open = await listening(); });
  afterEach(() => open.receiver.close());

  const cases: [string, (open: Listening) => string, string][] = [
    ['no state', ({ code }) => `code=${code}`, 'state-missing'],
    ['an empty state', ({ code }) => `code=${code}&state=`, 'state-missing'],
    ['two states, the right one first', ({ code, state }) => `code=${code}&state=${state}&state=other`, 'duplicate-parameter'],
    ['two states, the right one last', ({ code, state }) => `code=${code}&state=other&state=${state}`, 'duplicate-parameter'],
    ['the right state twice', ({ code, state }) => `code=${code}&state=${state}&state=${state}`, 'duplicate-parameter'],
    ['a second state under an encoded name', ({ code, state }) => `code=${code}&state=${state}&%73tate=other`, 'duplicate-parameter'],
    ['two codes', ({ code, state }) => `code=${code}&code=other&state=${state}`, 'duplicate-parameter'],
    ['a code that does not decode', ({ state }) => `code=%zz&state=${state}`, 'malformed'],
    ['nothing at all', () => '', 'no-parameters'],
  ];
  for (const [name, query, verdict] of cases) {
    it(`refuses ${name} as ${verdict}, uses neither value and goes on waiting`, async () => {
      expect((await open.navigate(`/callback?${query(open)}`)).status).toBe(400);
      expect(open.verdicts()).toEqual([verdict]);
      expect(await open.accepted()).toBeNull();
      expect((await open.navigate(open.right)).status).toBe(303);
      expect(await open.accepted()).toEqual({ code: open.code });
    });
  }
});
