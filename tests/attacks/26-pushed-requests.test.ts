import { afterEach, describe, expect, it } from 'vitest';
import { queryParameters } from '../../src-main/contract/index.ts';
import { play } from '../support/featured/play.ts';
import type { Recorded, Shapes } from '../support/featured/recorded.ts';
import { startRecorded } from '../support/featured/recorded.ts';

let server: Recorded | null = null;
const start = async (shapes: Shapes): Promise<Recorded> => (server = await startRecorded(shapes));
afterEach(async () => { await server?.close(); });
const pushed = { request: { pushed: true } };

describe('attack 26: pushed requests', () => {
  it('nothing but client_id and request_uri goes through the browser, extras included', async () => {
    const recorded = await start({});
    const run = await play(recorded, { ...pushed, authorizationParameters: [{ name: 'secret_hint', value: 'CANARY-extra-parameter' }] });
    expect(run.steps().slice(0, 5)).toEqual(['discover: ok', 'par: ok', 'authorize: ok', 'receive: ok', 'exchange: ok']);
    expect(queryParameters(recorded.visits[0] ?? '').map(({ name }) => name)).toEqual(['client_id', 'request_uri']);
    expect(run.sent('par')[0]).toContain('CANARY-extra-parameter');
  });

  it.each<[string, NonNullable<Shapes['par']>, string]>([
    ['201 without expires_in', { status: 201, body: '{"request_uri":"urn:x"}' }, 'par: ok'],
    ['200 in the place of 201', { status: 200, body: '{"request_uri":"urn:x","expires_in":60}' }, 'par: ok'],
    ['no request_uri', { status: 201, body: '{"expires_in":60}' }, 'par: failed'],
    ['a request_uri that is a number', { status: 201, body: '{"request_uri":5}' }, 'par: failed'],
    ['a page', { status: 200, type: 'text/html', body: '<h1>Welcome</h1>' }, 'par: failed'],
    ['no body', { status: 201, body: '' }, 'par: failed'],
    ['an OAuth error', { status: 400, body: '{"error":"invalid_request","error_description":"no"}' }, 'par: refused'],
    ['an error without a body', { status: 405, body: '' }, 'par: refused'],
  ])('%s', async (_name, par, step) => {
    const run = await play(await start({ par }), pushed);
    expect(run.steps()[1]).toBe(step);
    expect(run.of('browser-opened')).toHaveLength(step === 'par: ok' ? 1 : 0);
  });

  it('an expired request_uri is the provider\'s answer at the redirect, and is kept', async () => {
    const run = await play(await start({ redirect: (asked) => ({ query: { error: 'invalid_request_uri', error_description: 'expired', state: asked.get('state') ?? '' } }) }), pushed);
    expect(run.steps().at(-1)).toBe('receive: refused');
    expect(run.of('callback-received')[0]?.error).toMatchObject({ error: 'invalid_request_uri', description: 'expired' });
  });

  it('without an endpoint to push to, the step says so and the request is sent through the browser', async () => {
    const run = await play(await start({ metadata: { pushed_authorization_request_endpoint: undefined } }), pushed);
    expect(run.steps().slice(0, 5)).toEqual(['discover: ok', 'par: failed', 'authorize: ok', 'receive: ok', 'exchange: ok']);
    expect(run.of('step-ended')[1]?.problem?.code).toBe('endpoint-missing');
    expect(run.of('listening')).toHaveLength(1);
  });

  it('an endpoint that is no http URL is not asked', async () => {
    const run = await play(await start({ metadata: { pushed_authorization_request_endpoint: 'file:///etc/passwd' } }), pushed);
    expect(run.sent('par')).toEqual([]);
    expect(run.steps()[1]).toBe('par: failed');
  });
});
