import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src-main/diagnosis/index.ts';
import type { PracticeProvider } from '../../../../src-main/practice/index.ts';
import { startPractice } from '../../../support/practice/index.ts';
import { confidentialClient, JudgedRun, publicClient } from '../../../support/practice/judged-run.ts';

let practice: PracticeProvider;
beforeAll(async () => { practice = await startPractice(); });
afterAll(() => practice.close());

const wrongSecret = 'CANARY-secret-4f1c9a7722';

describe('client credentials with a meaningless code', () => {
  it('says that a wrong secret is wrong', async () => {
    const run = new JudgedRun({ ...confidentialClient(practice), secret: wrongSecret });
    await run.start();
    expect(run.refused.response?.status).toBe(401);
    expect(await run.act({ action: 'probe', probe: 'client-check', exchangeId: run.refused.id })).toBeNull();
    expect(run.concluded).toMatchObject({ probe: 'client-check', about: run.refused.id, excludes: [] });
    expect(run.concluded?.finding).toContain('invalid_client (401)');
    expect(run.concluded?.supports).toContain('client_secret_invalid');
    expect(JSON.stringify(run.concluded)).not.toContain(wrongSecret);
    const diagnosis = diagnose(run.events);
    expect(diagnosis?.exchangeId).toBe(run.refused.id);
    const secret = diagnosis?.causes.find(({ id }) => id === 'client_secret_invalid');
    expect(secret).toMatchObject({ verdict: 'likely' });
    expect(secret?.evidence.some(({ entry }) => entry === run.concluded?.exchangeId)).toBe(true);
  });

  it('says that a right secret is right, and rules it out with the exchange as evidence', async () => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start();
    await run.act({ action: 'provoke', provocation: 'reuse-code' });
    const refused = run.refused.id;
    expect(await run.act({ action: 'probe', probe: 'client-check', exchangeId: refused })).toBeNull();
    expect(run.concluded?.finding).toContain('invalid_grant (400)');
    expect(run.concluded?.excludes).toContain('client_secret_invalid');
    expect(run.state.steps.at(-1)).toMatchObject({ kind: 'probe', probe: 'client-check', outcome: 'ok' });
    const diagnosis = diagnose(run.events);
    expect(diagnosis?.exchangeId).toBe(refused);
    expect(diagnosis?.causes[0]?.id).toBe('code_reused');
    const secret = diagnosis?.causes.find(({ id }) => id === 'client_secret_invalid');
    expect(secret?.verdict).toBe('ruled-out');
    expect(secret?.evidence.some(({ entry, weight }) => entry === run.concluded?.exchangeId && weight <= -80)).toBe(true);
  });

  it('tells the secret that was sent from the one stored now', async () => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start();
    await run.act({ action: 'provoke', provocation: 'wrong-secret' });
    await run.act({ action: 'probe', probe: 'client-check', exchangeId: run.refused.id });
    expect(run.concluded?.excludes).toContain('client_secret_invalid');
    const diagnosis = diagnose(run.events);
    expect(diagnosis?.causes[0]).toMatchObject({ id: 'client_secret_invalid', verdict: 'likely' });
    expect(diagnosis?.causes[0]?.evidence.some(({ entry, weight }) => entry === run.concluded?.exchangeId && weight > 80)).toBe(true);
  });

  it('asks for a public client too, and spends nothing', async () => {
    const run = new JudgedRun(publicClient(practice));
    await run.start();
    const live = run.state.tokens.filter(({ fate }) => fate === 'live').length;
    await run.act({ action: 'probe', probe: 'client-check' });
    expect(run.concluded?.finding).toContain('invalid_grant');
    expect(run.state.tokens.filter(({ fate }) => fate === 'live')).toHaveLength(live);
    expect(run.state.refusals).toEqual([]);
    expect(diagnose(run.events)).toBeNull();
  });
});
