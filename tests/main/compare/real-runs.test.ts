import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompareInput } from '../../../src-main/compare/index.ts';
import { compareSubjects } from '../../../src-main/compare/index.ts';
import type { Comparison, Environment, RunAction, RunEvent } from '../../../src-main/contract/index.ts';
import { diagnose } from '../../../src-main/diagnosis/index.ts';
import { SecretBook } from '../../../src-main/wire/secrets/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { startPractice } from '../../support/practice/index.ts';
import { JudgedRun } from '../../support/practice/judged-run.ts';

let practice: PracticeProvider;
const key = randomBytes(32);
beforeAll(async () => { practice = await startPractice({}); });
afterAll(() => practice.close());

const client = () => ({ issuer: practice.info.issuer, clientId: practice.info.clients.confidential.id, authMethod: 'client_secret_basic' as const, secret: practice.info.clients.confidential.secret });

/** A Run as the window may see it. */
function input(events: readonly RunEvent[], title?: string): CompareInput {
  const book = new SecretBook(key);
  for (const event of events) book.learn(event);
  const masked = events.map((event) => book.maskEvent(event)).map((event) => (event.type === 'run-started' && title !== undefined ? { ...event, title } : event));
  const started = events[0];
  return { kind: 'run', subject: { kind: 'run', runId: started?.type === 'run-started' ? started.runId : '' }, events: masked, diagnosis: diagnose(events) };
}

async function played(change: Partial<Environment> = {}, act?: RunAction): Promise<readonly RunEvent[]> {
  const run = new JudgedRun(client());
  await run.start(change);
  if (act) expect(await run.act(act)).toBeNull();
  return run.events;
}

const told = (comparison: Comparison) => JSON.stringify([comparison.headline, comparison.explanations, [...comparison.sections, ...comparison.steps.flatMap(({ sections }) => sections)].flatMap(({ rows }) => rows.filter(({ difference }) => difference === 'meaningful'))], null, 1);

describe('two good runs of one environment', () => {
  it('have no meaningful difference', async () => {
    const comparison = compareSubjects([input(await played()), input(await played())]);
    expect(comparison.counts.meaningful, told(comparison)).toBe(0);
    expect(comparison.headline).toBe('All succeeded; nothing that differs is meaningful.');
    expect(comparison.steps.map(({ id }) => id)).toEqual(['discovery', 'authorize', 'callback', 'token:authorization_code', 'jwks', 'userinfo']);
    expect(comparison.steps.every(({ cells }) => cells.every((cell) => cell !== null))).toBe(true);
  });
});

describe('worked here, fails there', () => {
  const cases: [string, RunAction, RegExp, RegExp][] = [
    ['the code was used before', { action: 'provoke', provocation: 'reuse-code' }, /checks\/code-use$/, /code_reused/],
    ['another redirect URI', { action: 'provoke', provocation: 'wrong-redirect' }, /redirect/, /redirect_uri_mismatch/],
    ['another verifier', { action: 'provoke', provocation: 'wrong-verifier' }, /verifier/, /pkce_mismatch/],
    ['another secret', { action: 'provoke', provocation: 'wrong-secret' }, /authorization$/, /client_secret_invalid|client_credentials/],
  ];
  it.each(cases)('%s', async (_name, act, row, cause) => {
    const comparison = compareSubjects([input(await played(), 'Yesterday'), input(await played({}, act), 'Today')]);
    const [first] = comparison.explanations;
    expect(first?.rowId, told(comparison)).toMatch(row);
    expect(first?.cause?.id, told(comparison)).toMatch(cause);
    expect(comparison.headline).toMatch(/^Yesterday worked, Today was refused with invalid_(?:grant|client)\. The reason: /);
  });

  it('a rotated refresh token that is used again', async () => {
    const good = new JudgedRun(client());
    await good.start();
    expect(await good.act({ action: 'refresh' })).toBeNull();
    const comparison = compareSubjects([input(good.events, 'A'), input(await played({}, { action: 'provoke', provocation: 'reuse-refresh' }), 'B')]);
    expect(comparison.explanations[0]?.rowId, told(comparison)).toMatch(/token:refresh_token\/checks\/refresh-use$/);
    expect(comparison.explanations[0]?.cause?.id).toBe('refresh_reused');
  });

  it('says what was requested and not granted', async () => {
    const granted = await played();
    // A server that leaves the refresh token out: the same recording without that member.
    const withheld = (await played()).map((event): RunEvent => {
      if (event.type === 'tokens-received') return { ...event, tokens: event.tokens.filter(({ kind }) => kind !== 'refresh_token') };
      if (event.type !== 'exchange-recorded' || !event.exchange.response) return event;
      const { response } = event.exchange;
      return { ...event, exchange: { ...event.exchange, response: { ...response, body: response.body.replace(/"refresh_token":"[^"]+",/, '') } } };
    });
    const comparison = compareSubjects([input(granted, 'production'), input(withheld, 'staging')]);
    const row = comparison.steps.find(({ id }) => id === 'token:authorization_code')?.sections.flatMap(({ rows }) => rows).find(({ label }) => label === 'refresh_token');
    expect(row, told(comparison)).toMatchObject({ difference: 'meaningful', reason: 'staging has no refresh_token, production has: offline_access was requested by staging but not granted.' });
  });

  it('what was not asked for is the reason that it is not there', async () => {
    const comparison = compareSubjects([input(await played(), 'production'), input(await played({ scope: 'openid' }), 'staging')]);
    const row = comparison.steps.find(({ id }) => id === 'authorize')?.sections.flatMap(({ rows }) => rows).find(({ label }) => label === 'scope');
    expect(row).toMatchObject({ difference: 'meaningful', reason: 'staging lacks offline_access in scope: what is not asked for is not granted.', section: 'RFC 6749 §3.3' });
  });
});
