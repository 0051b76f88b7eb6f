import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CAUSE_IDS, diagnose } from '../../../../src-main/diagnosis/index.ts';
import type { PracticeProvider } from '../../../../src-main/practice/index.ts';
import { startPractice } from '../../../support/practice/index.ts';
import { confidentialClient, JudgedRun } from '../../../support/practice/judged-run.ts';
import type { Script, ScriptedTokenEndpoint } from '../../../support/practice/scripted-token-endpoint.ts';
import { scriptedTokenEndpoint } from '../../../support/practice/scripted-token-endpoint.ts';

let practice: PracticeProvider;
let endpoint: ScriptedTokenEndpoint | null = null;
beforeAll(async () => { practice = await startPractice(); });
afterAll(() => practice.close());
afterEach(async () => { await endpoint?.close(); endpoint = null; });

const refusal = (error: string, status = 400): Script => () => ({ status, body: JSON.stringify({ error }) });
const tokens: Script = () => ({ status: 200, body: '{"access_token":"CANARY-access-1","token_type":"Bearer","expires_in":60,"refresh_token":"CANARY-refresh-1"}' });

async function startedWith(script: Script): Promise<{ run: JudgedRun; server: ScriptedTokenEndpoint }> {
  const server = endpoint = await scriptedTokenEndpoint(practice, script);
  const run = new JudgedRun({ ...confidentialClient(practice), issuer: null });
  await run.start({ provider: server.provider });
  return { run, server };
}

describe('a client check with an answer that is neither', () => {
  it.each([
    ['invalid_request', refusal('invalid_request'), /says nothing about the credentials/, [], 0],
    ['a page', () => ({ status: 500, body: '<h1>Oops</h1>', headers: { 'Content-Type': 'text/html' } }), /says nothing about the credentials/, [], 0],
    ['unauthorized_client', refusal('unauthorized_client', 401), /does not let it use/, ['grant_type_not_allowed'], 0],
    ['a bare 401', () => ({ status: 401, body: '' }), /credentials are wrong/, ['client_secret_invalid'], 0],
    ['incorrect_client_credentials', refusal('incorrect_client_credentials', 200), /credentials are wrong/, ['client_secret_invalid'], 0],
    ['bad_verification_code', refusal('bad_verification_code', 200), /credentials are right/, [], 9],
  ] as const)('%s', async (_name, script, meaning, supports, excluded) => {
    const { run, server } = await startedWith(refusal('invalid_grant'));
    server.say(script);
    await run.act({ action: 'probe', probe: 'client-check', exchangeId: run.refused.id });
    expect(run.concluded?.meaning).toMatch(meaning);
    for (const id of supports) expect(run.concluded?.supports).toContain(id);
    expect(run.concluded?.excludes).toHaveLength(excluded);
    for (const id of [...run.concluded?.supports ?? [], ...run.concluded?.excludes ?? []]) expect(CAUSE_IDS).toContain(id);
    expect(run.state.refusals).toHaveLength(1);
  });

  it('writes no marker of the server’s own into what it found', async () => {
    const { run, server } = await startedWith(refusal('invalid_grant'));
    server.say(refusal(`\ue0f0client_secret:1:0123456789abcdef\ue0f1${'x'.repeat(900)}\u202e`));
    await run.act({ action: 'probe', probe: 'client-check', exchangeId: run.refused.id });
    expect(run.concluded?.finding).not.toMatch(/[\ue0f0\ue0f1\u202e]/);
    expect(run.concluded?.finding.length).toBeLessThan(300);
  });
});

describe('probes of a token with odd answers', () => {
  it('introspection that is not allowed proves nothing', async () => {
    const { run, server } = await startedWith(tokens);
    server.say(refusal('invalid_grant'));
    await run.act({ action: 'refresh' });
    server.say((_parameter, path) => (path === '/introspect' ? { status: 403, body: '{"error":"access_denied"}' } : { status: 400, body: '{}' }));
    await run.act({ action: 'probe', probe: 'introspect', exchangeId: run.refused.id });
    expect(run.concluded).toMatchObject({ supports: [], excludes: [] });
    expect(run.concluded?.finding).toContain('access_denied (403)');
  });

  it('introspection with an answer that names no state proves nothing', async () => {
    const { run, server } = await startedWith(tokens);
    server.say(refusal('invalid_grant'));
    await run.act({ action: 'refresh' });
    server.say(() => ({ status: 200, body: '{"active":"yes"}' }));
    await run.act({ action: 'probe', probe: 'introspect', exchangeId: run.refused.id });
    expect(run.concluded?.meaning).toContain('did not say');
  });

  it('a refresh that works the second time was a passing refusal', async () => {
    const { run, server } = await startedWith(tokens);
    server.say(() => ({ status: 503, body: '{"error":"temporarily_unavailable"}' }));
    await run.act({ action: 'refresh' });
    const refused = run.refused.id;
    server.say(tokens);
    await run.act({ action: 'probe', probe: 'refresh-once-more', exchangeId: refused });
    expect(run.concluded?.supports).toContain('server_error');
    expect(run.concluded?.excludes).toContain('refresh_revoked');
    const diagnosis = diagnose(run.events);
    expect(diagnosis?.exchangeId).toBe(refused);
    expect(diagnosis?.causes[0]).toMatchObject({ id: 'server_error', verdict: 'likely' });
    expect(diagnosis?.causes.find(({ id }) => id === 'refresh_revoked')?.verdict).toBe('ruled-out');
  });

  it('a request without any answer concludes nothing', async () => {
    const { run, server } = await startedWith(refusal('invalid_grant'));
    const refused = run.refused.id;
    await server.close();
    await run.act({ action: 'probe', probe: 'client-check', exchangeId: refused });
    expect(run.concluded).toBeUndefined();
    expect(run.state.steps.at(-1)).toMatchObject({ kind: 'probe', outcome: 'failed' });
    expect(diagnose(run.events)?.exchangeId).toBe(refused);
    endpoint = null;
  });
});
