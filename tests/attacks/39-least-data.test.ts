import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src-main/contract/index.ts';
import { foldRun, runEventSchema, segmentsOf } from '../../src-main/contract/index.ts';
import { SecretBook } from '../../src-main/wire/secrets/index.ts';
import { event, exchangeOf, leaks, post, recorded } from '../main/wire/secrets/events.ts';

const canary = (kind: string): string => `CANARY-${kind}-${randomBytes(30).toString('base64url')}`;
const secrets = Object.fromEntries(['code', 'verifier', 'secret', 'access', 'refresh', 'cookie', 'wrong'].map((kind) => [kind, canary(kind)])) as Record<string, string>;
const jwt = ['{"alg":"RS256"}', '{"sub":"me"}'].map((part) => Buffer.from(part).toString('base64url')).join('.');
const signature = randomBytes(64).toString('base64url');
const { code, verifier, secret, access, refresh, cookie, wrong } = secrets as Record<'code' | 'verifier' | 'secret' | 'access' | 'refresh' | 'cookie' | 'wrong', string>;

const basic = `Authorization: Basic ${Buffer.from(`client-1:${encodeURIComponent(secret)}`).toString('base64')}\r\n`;
const tokenBody = JSON.stringify({ access_token: access, refresh_token: refresh, id_token: `${jwt}.${signature}`, token_type: 'Bearer', expires_in: 120 });

/** A whole flow as the engine records it: sign-in, redirect, exchange, userinfo, a refused reuse that echoes the code. */
const run: RunEvent[] = [
  event({ type: 'run-started', runId: '6f1a1c1e-8d4b-4d6e-9d5a-0a7f5c3b2a10', origin: 'live', environment: null, client: { id: 'client-1', authMethod: 'client_secret_basic' }, browser: 'system', versions: {}, hasSecret: true }),
  event({ type: 'step-started', step: 's1', kind: 'authorize' }),
  event({ type: 'authorization-requested', step: 's1', url: 'https://as.example/auth?client_id=client-1&state=st-1', redirectUri: 'http://127.0.0.1:1/cb', parameters: [{ name: 'state', value: 'st-1' }], state: 'st-1', codeVerifier: verifier, codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', codeChallengeMethod: 'S256' }),
  event({ type: 'front-channel-hop', step: 's1', method: 'GET', url: 'https://as.example/auth', status: 303, location: `http://127.0.0.1:1/cb?code=${code}&state=st-1`, setCookieNames: ['sid'] }),
  event({ type: 'callback-received', step: 's1', verdict: 'accepted', request: `GET /cb?code=${code}&state=st-1 HTTP/1.1\r\nHost: 127.0.0.1:1\r\nCookie: other=${cookie}\r\n\r\n`, parameters: [{ name: 'code', value: code }, { name: 'state', value: 'st-1' }], answered: 200 }),
  recorded(exchangeOf(post(`grant_type=authorization_code&code=${code}&code_verifier=${verifier}`, basic), { body: tokenBody, head: `Set-Cookie: sid=${cookie}; Path=/\r\n`, gzip: true })),
  event({ type: 'tokens-received', step: 's1', exchangeId: 'exchange-1', generation: 0, tokens: [
    { id: 't1', kind: 'access_token', value: access }, { id: 't2', kind: 'refresh_token', value: refresh }, { id: 't3', kind: 'id_token', value: `${jwt}.${signature}` },
  ] }),
  recorded(exchangeOf(`GET /userinfo HTTP/1.1\r\nHost: as.example\r\nauthorization: Bearer ${access}\r\n\r\n`, { body: JSON.stringify({ sub: 'me', echo: access }) })),
  recorded(exchangeOf(post(`client_secret=${wrong}&code=${code}`), { body: JSON.stringify({ error: 'invalid_grant', error_description: `no code ${code}` }) }, { id: 'exchange-3' })),
  event({ type: 'grant-refused', step: 's1', exchangeId: 'exchange-3', error: { error: 'invalid_grant', description: `no code ${code}`, foundIn: 'json', status: 400 } }),
  event({ type: 'flow-ended', outcome: 'refused', problem: { code: 'invalid_grant', message: `invalid_grant: no code ${code}` } }),
].map((one, seq) => ({ ...one, seq }) as RunEvent);

describe('attack 39: least data', () => {
  const book = new SecretBook(randomBytes(32));
  const live = run.map((one) => { book.learn(one); return book.maskEvent(one); });

  it('a whole flow, masked event by event as it happens, holds no secret', () => {
    for (const value of [...Object.values(secrets), signature]) expect(leaks(live, value)).toEqual([]);
  });

  it('opened again it is the same, passes the contract and folds to the same run', () => {
    expect(run.map((one) => book.maskEvent(one))).toEqual(live);
    for (const one of live) expect(runEventSchema.safeParse(one).error).toBeUndefined();
    expect(foldRun(live).refusals[0]?.error.error).toBe('invalid_grant');
    expect(foldRun(live).tokens.map(({ record }) => record.id)).toEqual(['t1', 't2', 't3']);
  });

  it('every marker can be turned back, one at a time', () => {
    const strings: string[] = [];
    JSON.stringify(live, (_, value: unknown) => { if (typeof value === 'string') strings.push(value); return value; });
    const markers = strings.flatMap((text) => segmentsOf(text)).flatMap((segment) => ('marker' in segment ? [segment.marker] : []));
    // The client's secret went over the wire inside the Basic credential only, which is one secret as a whole.
    const sent = Object.values(secrets).filter((value) => value !== secret);
    expect(new Set(markers.map((marker) => book.reveal(marker)))).toEqual(new Set([...sent, signature, basic.slice('Authorization: Basic '.length).trim()]));
  });
});
