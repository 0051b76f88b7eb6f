import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProbeOffer } from '../../../src-main/contract/index.ts';
import { foldRun, PROBE_IDS, probeOfferSchema } from '../../../src-main/contract/index.ts';
import { CAUSE_IDS, diagnose, probesFor } from '../../../src-main/diagnosis/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { startPractice } from '../../support/practice/index.ts';
import { confidentialClient, JudgedRun } from '../../support/practice/judged-run.ts';
import { run as imported } from './runs.ts';

let practice: PracticeProvider;
beforeAll(async () => { practice = await startPractice(); });
afterAll(() => practice.close());

async function offersAfter(provocation: 'reuse-code' | 'wrong-redirect' | 'wrong-secret' | 'refresh-revoked'): Promise<{ offers: ProbeOffer[]; run: JudgedRun }> {
  const run = new JudgedRun(confidentialClient(practice));
  await run.start();
  await run.act({ action: 'provoke', provocation });
  const diagnosis = diagnose(run.events);
  if (!diagnosis) throw new Error('nothing was refused');
  return { offers: probesFor(diagnosis, run.state), run };
}

const offer = (offers: ProbeOffer[], id: string): ProbeOffer => {
  const found = offers.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('the offer of probes', () => {
  it('offers an imported run nothing it has no environment for, and says why', () => {
    const events = imported([{ id: 'y', method: 'POST', url: 'https://as.test/token', headers: [], body: 'grant_type=authorization_code&code=c', started: 2, duration: 1, response: { status: 400, reason: '', headers: [], body: '{"error":"invalid_grant"}' } }]);
    const diagnosis = diagnose(events);
    const offers = diagnosis ? probesFor(diagnosis, foldRun(events)) : [];
    expect(offers).toHaveLength(PROBE_IDS.length);
    for (const { available } of offers) expect(available).toMatchObject({ ok: false, why: expect.stringContaining('imported') });
  });

  it('offers nothing while the run is at work', async () => {
    const { run } = await offersAfter('reuse-code');
    const diagnosis = diagnose(run.events);
    if (!diagnosis) throw new Error('nothing was refused');
    expect(probesFor(diagnosis, run.state, { running: true }).every(({ available }) => !available.ok)).toBe(true);
  });

  it('names host, cost and the meaning of either answer for each', async () => {
    const { offers } = await offersAfter('wrong-secret');
    const { host } = new URL(practice.info.issuer);
    expect(offers.map(({ id }) => id).sort()).toEqual([...PROBE_IDS].sort());
    for (const one of offers) {
      expect(probeOfferSchema.parse(one)).toEqual(one);
      expect(one.sends, one.id).toContain(host);
      expect(one.proves.length, one.id).toBeGreaterThanOrEqual(2);
      for (const id of one.about) expect(CAUSE_IDS).toContain(id);
    }
    expect(JSON.stringify(offers)).not.toContain(practice.info.clients.confidential.secret);
    expect(offers[0]?.id).toBe('client-check');
    expect(offer(offers, 'authorized-redirect').available).toEqual({ ok: false, why: 'The refused request already sent the authorized redirect URI.' });
  });

  it('puts the probe first that can tell the best causes apart', async () => {
    const { offers, run } = await offersAfter('wrong-redirect');
    expect(offers[0]).toMatchObject({ id: 'authorized-redirect', replay: 'spends-the-grant', available: { ok: true } });
    expect(offers[0]?.sends).toContain(run.state.authorizations.at(-1)?.redirectUri);
    expect(offer(offers, 'fresh-code').browser).toBe(true);
  });

  it('asks about the refused token after a refresh, and not without a secret at hand', async () => {
    const { offers, run } = await offersAfter('refresh-revoked');
    expect(offer(offers, 'introspect')).toMatchObject({ title: 'Introspect the refresh token', available: { ok: true }, replay: 'safe-to-repeat' });
    expect(offer(offers, 'refresh-once-more')).toMatchObject({ replay: 'may-end-the-session', available: { ok: true } });
    const diagnosis = diagnose(run.events);
    if (!diagnosis) throw new Error('nothing was refused');
    expect(offer(probesFor(diagnosis, run.state, { hasSecret: false }), 'client-check').available).toMatchObject({ ok: false });
  });

  it('says that an endpoint is not there', async () => {
    const { run } = await offersAfter('reuse-code');
    const diagnosis = diagnose(run.events);
    const { metadata } = run.state;
    if (!diagnosis || !metadata) throw new Error('nothing to go by');
    const { introspection_endpoint: _left, ...rest } = metadata.metadata;
    const bare = { ...run.state, metadata: { ...metadata, metadata: rest } };
    expect(offer(probesFor(diagnosis, bare), 'introspect').available).toEqual({ ok: false, why: 'The provider’s metadata names no introspection_endpoint.' });
  });
});
