import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formParameters, messageParts, queryParameters } from '../../../src-main/contract/index.ts';
import type { Featured } from '../../support/featured/provider.ts';
import { resources, startFeatured } from '../../support/featured/provider.ts';
import { play } from '../../support/featured/play.ts';

let provider: Featured;
beforeAll(async () => { provider = await startFeatured(); });
afterAll(() => provider.close());

const whole = ['discover: ok', 'authorize: ok', 'receive: ok', 'exchange: ok', 'validate: ok', 'userinfo: ok'];
const body = (request: string) => formParameters(messageParts(request).body).map(({ name, value }) => [name, value]);

describe('requests, against node-oidc-provider', () => {
  it('sends every named parameter, and the server reads it', async () => {
    const request = {
      prompt: 'login', maxAge: 300, loginHint: 'ada@example.com', uiLocales: 'de en', acrValues: 'urn:example:strong',
      claims: '{"id_token": {"email": null}}', authorizationDetails: '[{"type": "payment"}]', responseMode: 'query',
      // node-oidc-provider wants a resource for authorization_details.
      resources: resources.slice(0, 1),
    };
    const run = await play(provider, { request, scope: 'openid orders' });
    expect(run.of('callback-received').map(({ error }) => error)).toEqual([undefined]);
    expect(run.steps().slice(0, 5)).toEqual(whole.slice(0, 5));
    expect(provider.asked.at(-1)).toMatchObject({
      prompt: 'login', max_age: '300', login_hint: 'ada@example.com', ui_locales: 'de en', acr_values: 'urn:example:strong',
      claims: request.claims, authorization_details: request.authorizationDetails, response_mode: 'query',
    });
    const idToken = run.of('tokens-received')[0]?.tokens.find(({ kind }) => kind === 'id_token');
    expect(decodeJwt(idToken?.value ?? '')).toMatchObject({ acr: 'urn:example:strong', email: expect.any(String), auth_time: expect.any(Number) });
    // max_age makes auth_time a claim that has to fit (OIDC Core §3.1.3.7).
    expect(run.of('token-checked')[0]?.verdicts.find(({ check }) => check === 'auth_time')?.outcome).toBe('passed');
    expect(JSON.parse(run.of('exchange-recorded').find(({ exchange }) => exchange.purpose === 'token')?.exchange.response?.body ?? '')).toMatchObject({ authorization_details: [{ type: 'payment' }] });
  });

  it('pushes the request as a step of its own, and the browser carries the reference alone', async () => {
    const run = await play(provider, { request: { pushed: true, loginHint: 'pushed' } });
    expect(run.steps()).toEqual(['discover: ok', 'par: ok', ...whole.slice(1)]);
    const [pushed = ''] = run.sent('par');
    expect(body(pushed)).toContainEqual(['login_hint', 'pushed']);
    const authorization = run.of('authorization-requested')[0];
    expect(queryParameters(authorization?.url ?? '').map(({ name }) => name)).toEqual(['client_id', 'request_uri']);
    expect(authorization).toMatchObject({ requestUri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:/), state: expect.any(String) });
    expect(provider.asked.at(-1)).toMatchObject({ login_hint: 'pushed' });
  });

  it('signs the request, by value and pushed', async () => {
    for (const pushed of [false, true]) {
      const run = await play(provider, { request: { signed: true, pushed, maxAge: 60, loginHint: 'signed' } });
      expect(run.steps().filter((step) => !step.startsWith('par'))).toEqual(whole);
      const carried = pushed ? body(run.sent('par')[0] ?? '') : queryParameters(run.of('authorization-requested')[0]?.url ?? '').map(({ name, value }) => [name, value]);
      const object = carried.find(([name]) => name === 'request')?.[1] ?? '';
      expect(carried.map(([name]) => name)).not.toContain('login_hint');
      expect(decodeProtectedHeader(object)).toEqual({ alg: 'ES256', typ: 'oauth-authz-req+jwt', kid: 'client-key' });
      expect(decodeJwt(object)).toMatchObject({ iss: 'client', aud: provider.issuer, max_age: 60, login_hint: 'signed', client_id: 'client' });
      expect(provider.asked.at(-1)).toMatchObject({ login_hint: 'signed' });
    }
  });

  it('signs with the secret where there is no key, and says where a key goes where there is neither', async () => {
    const hmac = await startFeatured({ client: { request_object_signing_alg: 'HS256' } });
    const run = await play(hmac, { request: { signed: true } }, undefined, { signingKey: async () => null });
    expect(run.steps()).toEqual(whole);
    await hmac.close();
    const none = await play(provider, { request: { signed: true } }, undefined, { secret: null, authMethod: 'none', signingKey: async () => null });
    expect(none.steps()).toEqual(['discover: ok', 'authorize: failed']);
    expect(none.of('step-ended').at(-1)?.problem).toMatchObject({ code: 'signing-key-missing', field: 'request.signed' });
  });

  it('asks for resources in both requests, and checks the JWT access token against RFC 9068', async () => {
    const run = await play(provider, { request: { resources: [resources[0]] }, scope: 'openid orders' });
    expect(run.steps().slice(0, 5)).toEqual(whole.slice(0, 5));
    expect(body(run.sent('token')[0] ?? '')).toContainEqual(['resource', resources[0]]);
    const verdicts = run.of('token-checked').find(({ verdicts: [first] }) => first?.check === 'typ')?.verdicts ?? [];
    expect(Object.fromEntries(verdicts.map(({ check, outcome }) => [check, outcome]))).toEqual({
      typ: 'passed', alg: 'passed', key: 'passed', signature: 'passed', iss: 'passed', aud: 'passed', exp: 'passed', iat: 'passed', sub: 'passed', jti: 'passed', client_id: 'passed',
    });
  });

  it('sends several resources though the server refuses two at once, and keeps its answer', async () => {
    const run = await play(provider, { request: { resources }, scope: 'openid orders' });
    expect(body(run.sent('token')[0] ?? '').filter(([name]) => name === 'resource')).toEqual(resources.map((resource) => ['resource', resource]));
    expect(run.of('grant-refused')[0]?.error.error).toBe('invalid_target');
  });

  it('pushes without being told where the metadata requires it; told not to, it does not, and the refusal is kept', async () => {
    const strict = await startFeatured({ requirePar: true });
    expect((await play(strict)).steps()).toEqual(['discover: ok', 'par: ok', ...whole.slice(1)]);
    const direct = await play(strict, { request: { pushed: false } });
    expect(direct.steps()).toEqual(['discover: ok', 'authorize: ok', 'receive: refused']);
    expect(direct.of('callback-received')[0]?.error).toMatchObject({ error: 'invalid_request', description: expect.stringContaining('Pushed Authorization Request') });
    await strict.close();
  });

  it('keeps the refusal of a pushed request, and opens no browser', async () => {
    const run = await play(provider, { request: { pushed: true }, authorizationParameters: [{ name: 'response_type', value: 'nonsense' }] });
    expect(run.steps()).toEqual(['discover: ok', 'par: refused']);
    expect(run.of('grant-refused')[0]?.error).toMatchObject({ error: 'unsupported_response_type', status: 400 });
    expect(run.of('browser-opened')).toEqual([]);
  });

  it('sends wrong, empty and duplicated parameters as typed', async () => {
    const extras = [{ name: 'x', value: '1' }, { name: 'x', value: '2' }, { name: 'empty', value: '' }, { name: 'display', value: 'nonsense' }];
    const run = await play(provider, { authorizationParameters: extras });
    const sent = queryParameters(run.of('authorization-requested')[0]?.url ?? '').map(({ name, value }) => `${name}=${value}`);
    expect(sent).toEqual(expect.arrayContaining(['x=1', 'x=2', 'empty=', 'display=nonsense']));
    expect(run.of('authorization-requested')[0]?.parameters).toHaveLength(sent.length);
  });

  it('lets extras of the token request replace grant_type, and stand twice', async () => {
    const run = await play(provider, { tokenParameters: [{ name: 'grant_type', value: 'urn:example:unknown' }, { name: 'code', value: 'a' }, { name: 'code', value: 'b' }] });
    expect(body(run.sent('token')[0] ?? '').filter(([name]) => name === 'grant_type' || name === 'code')).toEqual([['code', 'a'], ['code', 'b'], ['grant_type', 'urn:example:unknown']]);
    expect(run.of('grant-refused')).toHaveLength(1);
  });
});
