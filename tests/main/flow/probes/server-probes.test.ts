import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../../../src-main/diagnosis/index.ts';
import type { PracticeProvider } from '../../../../src-main/practice/index.ts';
import { startPractice } from '../../../support/practice/index.ts';
import { confidentialClient, JudgedRun } from '../../../support/practice/judged-run.ts';

let practice: PracticeProvider;
let other: PracticeProvider;
beforeAll(async () => { [practice, other] = await Promise.all([startPractice(), startPractice()]); });
afterAll(() => Promise.all([practice.close(), other.close()]));

let server: Server | null = null;
afterEach(() => { server?.closeAllConnections(); server?.close(); server = null; });

/** A token endpoint that refuses every grant, with a clock of its own. */
async function refusingServer(offset: number | null, dateOnHead = true): Promise<string> {
  const started = createServer((request, response) => {
    response.sendDate = false;
    if (offset !== null && (dateOnHead || request.method !== 'HEAD')) response.setHeader('Date', new Date(Date.now() + offset).toUTCString());
    if (request.method !== 'POST') response.writeHead(404).end();
    else response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":"invalid_grant"}');
  });
  await new Promise<void>((listening) => { started.listen(0, '127.0.0.1', listening); });
  server = started;
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

async function refusedBy(origin: string): Promise<JudgedRun> {
  const run = new JudgedRun({ ...confidentialClient(practice), issuer: null });
  const { issuer } = practice.info;
  await run.start({ provider: { kind: 'manual', endpoints: { authorization_endpoint: `${issuer}/auth`, token_endpoint: `${origin}/token` } } });
  expect(run.refused.response?.status).toBe(400);
  return run;
}

function skewCause(run: JudgedRun) {
  return diagnose(run.events)?.causes.find(({ id }) => id === 'clock_skew');
}

describe('time check', () => {
  it('clears the clocks where they agree, give or take half the round trip', async () => {
    const run = await refusedBy(await refusingServer(0));
    await run.act({ action: 'probe', probe: 'time-check', exchangeId: run.refused.id });
    expect(run.concluded).toMatchObject({ probe: 'time-check', supports: [], excludes: ['clock_skew'] });
    expect(run.concluded?.finding).toMatch(/give or take \d/);
    const asked = run.exchange(run.concluded?.exchangeId ?? '');
    expect(asked.method).toBe('HEAD');
    expect(asked.request.toLowerCase()).not.toContain('authorization');
    expect(skewCause(run)?.verdict).toBe('ruled-out');
    expect(skewCause(run)?.evidence.some(({ entry }) => entry === asked.id)).toBe(true);
  });

  it('tells how far the clocks differ, asking with GET where HEAD states no time', async () => {
    const run = await refusedBy(await refusingServer(3_600_000, false));
    await run.act({ action: 'probe', probe: 'time-check', exchangeId: run.refused.id });
    expect(run.concluded).toMatchObject({ supports: ['clock_skew'], excludes: [] });
    expect(run.concluded?.finding).toMatch(/clock is (?:60 min|59 min 5\d s) ahead of ours/);
    expect(run.exchange(run.concluded?.exchangeId ?? '').method).toBe('GET');
    expect(skewCause(run)?.evidence.some(({ entry, weight }) => entry === run.concluded?.exchangeId && weight > 0)).toBe(true);
  });

  it('concludes nothing about the clock where the server states no time', async () => {
    const run = await refusedBy(await refusingServer(null));
    await run.act({ action: 'probe', probe: 'time-check' });
    expect(run.concluded).toMatchObject({ finding: 'The server states no time.', supports: [], excludes: [] });
  });

  it('fails without a conclusion where nobody answers', async () => {
    const run = await refusedBy(await refusingServer(0));
    server?.closeAllConnections();
    await new Promise((closed) => { server?.close(closed); });
    await run.act({ action: 'probe', probe: 'time-check' });
    expect(run.concluded).toBeUndefined();
    expect(run.state.steps.at(-1)).toMatchObject({ kind: 'probe', outcome: 'failed' });
  });
});

describe('discovery and keys, fetched again', () => {
  const discovered = async (): Promise<JudgedRun> => {
    const run = new JudgedRun(confidentialClient(practice));
    await run.start({ provider: { kind: 'discovery', issuer: practice.info.issuer } });
    await run.act({ action: 'provoke', provocation: 'reuse-code' });
    return run;
  };

  it('finds everything as it was recorded', async () => {
    const run = await discovered();
    await run.act({ action: 'probe', probe: 'discovery-keys', exchangeId: run.refused.id });
    expect(run.concluded).toMatchObject({ finding: 'Endpoints and keys are what the run recorded.', supports: [], excludes: ['token_endpoint_wrong'] });
    expect(run.exchange(run.concluded?.exchangeId ?? '').purpose).toBe('jwks');
    expect(diagnose(run.events)?.causes[0]?.id).toBe('code_reused');
    expect(diagnose(run.events)?.causes.find(({ id }) => id === 'token_endpoint_wrong')?.verdict).toBe('ruled-out');
  });

  it('finds moved endpoints and other keys', async () => {
    const run = await discovered();
    const refused = run.refused.id;
    run.client = { ...run.client, issuer: other.info.issuer };
    await run.act({ action: 'probe', probe: 'discovery-keys', exchangeId: refused });
    expect(run.concluded?.finding).toContain(`token_endpoint was ${practice.info.issuer}/token and is ${other.info.issuer}/token.`);
    expect(run.concluded?.finding).toMatch(/Keys gone: .*Keys new: .*The key that signed the ID token/);
    expect(run.concluded?.supports).toEqual(['token_endpoint_wrong', 'server_state_lost']);
    expect(run.state.metadata?.metadata['issuer']).toBe(other.info.issuer);
    const moved = diagnose(run.events)?.causes.find(({ id }) => id === 'token_endpoint_wrong');
    expect(moved?.evidence.some(({ entry, weight }) => entry === run.concluded?.exchangeId && weight > 0)).toBe(true);
  });
});
