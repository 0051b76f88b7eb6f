import { describe, expect, it } from 'vitest';
import type { FindHit, RunEvent } from '../../src-main/contract/index.ts';
import { commandSchemas, MARKER_OPEN, ok } from '../../src-main/contract/index.ts';
import { findHandlers } from '../../src-main/ipc/handlers/find.ts';
import { MaskedRuns } from '../../src-main/ipc/masked-runs.ts';
import { canaryRun, looksOf } from '../main/export/support/canary-run.ts';

const runId = '6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f10';

/** What a hostile window learns by asking for a text. */
async function ask(raw: RunEvent[], query: string): Promise<{ hits: FindHit[]; reads: number }> {
  let reads = 0;
  const runs = new MaskedRuns({
    load: () => { reads += 1; return ok(raw); }, isRunning: () => false, clock: () => ({ at: 0, mono: 0, boot: 'b' }), fingerprintKey: () => new Uint8Array(32).fill(3),
  });
  const history = { list: () => [{ id: runId, title: 'Run', environmentId: null, practice: false, startedAt: 0, events: raw.length, state: 'ok' as const, error: null }] };
  return new Promise((told) => {
    const hits: FindHit[] = [];
    const handlers = findHandlers(history, runs, { send: (_name, notice) => {
      const progress = notice as unknown as { hits: FindHit[]; finished: boolean };
      hits.push(...progress.hits);
      if (progress.finished) told({ hits, reads });
    } });
    void handlers['find.start']({ searchId: runId, query, filters: {} });
  });
}

describe('attack 63: find is no oracle', () => {
  it('a secret is not found: whole, in part, in any spelling, in any case', async () => {
    const { raw, canaries } = canaryRun();
    for (const canary of canaries) {
      const guesses = [...looksOf(canary), canary.slice(0, 12), canary.slice(-9), canary.slice(-3), canary.toUpperCase()].filter((guess) => guess.length >= 3 && guess.length <= 200);
      for (const guess of guesses) {
        const { hits } = await ask(raw, guess);
        // "secret", say, stands elsewhere in the Run as a word: then what was found is that, in text the window has anyway.
        expect(hits.filter(({ before, match, after }) => `${before}${match}${after}`.includes(canary) || guess === canary), `${guess} of ${canary}`).toEqual([]);
      }
      expect((await ask(raw, canary.slice(-9))).hits).toEqual([]);
    }
  });

  it('it answers nothing but what opening the run shows: every match stands in the masked text', async () => {
    const { raw } = canaryRun();
    for (const query of ['grant', 'as.example', 'application/json', 'invalid_grant', 'RS256', 'ada', '127.0.0.1', 'secret', 'CANARY']) {
      const { hits } = await ask(raw, query);
      expect(JSON.stringify(hits)).not.toContain('CANARY');
      for (const { match } of hits) expect(match.toLowerCase()).toBe(query.toLowerCase());
    }
    expect((await ask(raw, 'RS256')).hits.some(({ place }) => place === 'ID token, header') || (await ask(raw, 'grant_type')).hits.length > 0).toBe(true);
  });

  it('markers cannot be asked for: neither kind, length and fingerprint, nor their own characters', async () => {
    const { raw, masked } = canaryRun();
    const fingerprints = [...new Set([...JSON.stringify(masked).matchAll(/:([0-9a-f]{16})/g)].map(([, fingerprint]) => fingerprint as string))];
    expect(fingerprints.length).toBeGreaterThan(3);
    for (const query of [...fingerprints, MARKER_OPEN.repeat(2), 'authorization_code:', 'access_token:']) expect((await ask(raw, query)).hits).toEqual([]);
  });

  it('the work does not depend on what is asked for, and the contract refuses what is too short', async () => {
    const { raw, canaries } = canaryRun();
    const [secret = ''] = canaries;
    expect((await ask(raw, secret)).reads).toBe((await ask(raw, 'no such text')).reads);
    const schema = commandSchemas['find.start'];
    for (const query of ['', 'x', 'x'.repeat(201)]) expect(schema.safeParse({ searchId: runId, query, filters: {} }).success).toBe(false);
  });
});
