import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src-main/contract/index.ts';
import { foldRun, formatMarker } from '../../../src-main/contract/index.ts';
import { diagnose, replayLabelOf } from '../../../src-main/diagnosis/index.ts';
import { cannotResend } from '../../../src-main/flow/resend.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { startPractice } from '../../support/practice/index.ts';
import { confidentialClient, JudgedRun } from '../../support/practice/judged-run.ts';
import type { Script } from '../../support/practice/scripted-token-endpoint.ts';
import { scriptedTokenEndpoint } from '../../support/practice/scripted-token-endpoint.ts';

let practice: PracticeProvider;
let run: JudgedRun;
beforeAll(async () => {
  practice = await startPractice();
  run = new JudgedRun(confidentialClient(practice));
  await run.start();
  await run.act({ action: 'provoke', provocation: 'reuse-code' });
});
afterAll(() => practice.close());

/** The Run with its refused exchange changed. */
function altered(change: (exchange: Extract<RunEvent, { type: 'exchange-recorded' }>['exchange']) => object, started: object = {}): RunEvent[] {
  const { id } = run.refused;
  return run.events.map((event) => {
    if (event.type === 'run-started') return { ...event, ...started };
    return event.type === 'exchange-recorded' && event.exchange.id === id ? { ...event, exchange: { ...event.exchange, ...change(event.exchange) } } : event;
  });
}

const refusal = (events: RunEvent[]): string | undefined => cannotResend(foldRun(events), run.refused.id)?.code;

describe('what cannot be sent again', () => {
  it('a request to a host that is not the environment’s', () => {
    expect(refusal(altered(() => ({ url: 'http://127.0.0.1:9/token' })))).toBe('foreign-host');
    expect(refusal(altered(({ url }) => ({ url: url.replace('http:', 'https:') })))).toBe('foreign-host');
    expect(refusal(altered(() => ({ url: 'nowhere' })))).toBe('foreign-host');
  });

  it('a masked request, an imported one, and one that was cut off', () => {
    const marker = formatMarker({ kind: 'authorization_code', length: 43, fingerprint: '0123456789abcdef' });
    expect(refusal(altered(({ request }) => ({ request: request.replace(/code=[^&]+/, `code=${marker}`) })))).toBe('request-incomplete');
    expect(refusal(altered(() => ({}), { origin: 'imported' }))).toBe('request-incomplete');
    expect(refusal(altered(({ request }) => ({ request: request.slice(0, -10) })))).toBe('request-incomplete');
    expect(refusal(altered(() => ({ request: '' })))).toBe('request-incomplete');
  });

  it('a request whose recorded line is not that of its URL', () => {
    expect(refusal(altered(({ url }) => ({ url: `${url}/elsewhere` })))).toBe('request-incomplete');
    expect(cannotResend(run.state, 'nothing')?.code).toBe('unknown-exchange');
  });

  it('says so before anything is recorded', async () => {
    const before = run.events.length;
    expect(await run.act({ action: 'resend', exchangeId: 'nothing' })).toBe('unknown-exchange');
    expect(run.events).toHaveLength(before);
  });
});

describe('sending a recorded request again', () => {
  it.each(['token', 'userinfo', 'discovery', 'jwks'] as const)('sends a %s request byte for byte', async (purpose) => {
    const original = [...run.state.exchanges.values()].find(({ exchange }) => exchange.purpose === purpose)?.exchange;
    if (!original) throw new Error('not recorded');
    expect(cannotResend(run.state, original.id)).toBeNull();
    expect(await run.act({ action: 'resend', exchangeId: original.id })).toBeNull();
    const step = run.state.steps.at(-1);
    expect(step).toMatchObject({ kind: 'resend', resentFrom: original.id });
    const again = [...run.state.exchanges.values()].at(-1);
    expect(again?.step).toBe(step?.id);
    expect(again?.exchange.id).not.toBe(original.id);
    expect(again?.exchange).toMatchObject({ purpose, method: original.method, url: original.url, request: original.request });
  });

  it('says nothing new unless asked', async () => {
    const refused = run.refused.id;
    const refusals = run.state.refusals.length;
    await run.act({ action: 'resend', exchangeId: refused });
    const again = [...run.state.exchanges.keys()].at(-1) ?? '';
    expect(run.exchange(again).response?.status).toBe(400);
    expect(run.state.refusals).toHaveLength(refusals);
    expect(diagnose(run.events)?.exchangeId).toBe(refused);
    expect(diagnose(run.events, { exchangeId: again })).toMatchObject({ exchangeId: again, error: { error: 'invalid_grant' } });
    expect(diagnose(run.events, { exchangeId: again })?.causes[0]?.id).toBe('code_reused');
  });

  it('leaves a token what rotation made it when its second use is refused', async () => {
    const fresh = new JudgedRun(confidentialClient(practice));
    await fresh.start();
    await fresh.act({ action: 'refresh' });
    const refresh = [...fresh.state.exchanges.values()].findLast(({ exchange }) => exchange.purpose === 'token')?.exchange;
    await fresh.act({ action: 'resend', exchangeId: refresh?.id ?? '' });
    expect(fresh.state.steps.at(-1)).toMatchObject({ kind: 'resend', outcome: 'refused' });
    expect(fresh.state.tokens.filter(({ fate }) => fate === 'superseded')).toHaveLength(1);
    expect(diagnose(fresh.events)).toBeNull();
  });

  it('keeps the tokens a repeated request brings', async () => {
    const issued = (token: string): Script => () => ({ status: 200, body: JSON.stringify({ access_token: token, token_type: 'Bearer', refresh_token: `refresh-of-${token}` }) });
    const server = await scriptedTokenEndpoint(practice, issued('CANARY-access-1'));
    try {
      const fresh = new JudgedRun({ ...confidentialClient(practice), issuer: null });
      await fresh.start({ provider: server.provider });
      await fresh.act({ action: 'refresh' });
      const refresh = [...fresh.state.exchanges.values()].findLast(({ exchange }) => exchange.purpose === 'token')?.exchange;
      server.say(issued('CANARY-access-2'));
      await fresh.act({ action: 'resend', exchangeId: refresh?.id ?? '' });
      const brought = fresh.state.tokens.find(({ record }) => record.value === 'CANARY-access-2');
      expect(brought).toMatchObject({ fate: 'live', generation: 1, parentToken: fresh.state.tokens.find(({ record }) => record.value === 'refresh-of-CANARY-access-1')?.record.id });
    } finally {
      await server.close();
    }
  });

  it('is labelled beforehand', () => {
    const label = (purpose: string): string | undefined => {
      const found = [...run.state.exchanges.values()].find(({ exchange }) => exchange.purpose === purpose)?.exchange;
      return found && replayLabelOf(found).label;
    };
    expect([label('token'), label('userinfo'), label('discovery')]).toEqual(['spends-the-grant', 'safe-to-repeat', 'safe-to-repeat']);
  });
});
