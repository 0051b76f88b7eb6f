import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { headerOf, messageParts } from '../../src-main/contract/index.ts';
import { diagnose } from '../../src-main/diagnosis/index.ts';
import { against, granted, json } from '../support/authenticating/answering.ts';

const proofOf = (request: string): string => headerOf(messageParts(request).headers, 'dpop') ?? '';
const nonceOf = (proof: unknown): unknown => decodeJwt(String(proof))['nonce'];

describe('attack 25: DPoP nonces, proofs and clocks', () => {
  it('a server that demands nonce after nonce is asked twice, not for ever', async () => {
    let asked = 0;
    const played = await against((_request, response) => {
      asked += 1;
      json(response, 400, { error: 'use_dpop_nonce' }, { 'DPoP-Nonce': `n-${asked}` });
    }, (_request, response) => json(response, 200, {}));
    expect(asked).toBe(2);
    expect(played.sent('token').map((request) => nonceOf(proofOf(request)))).toEqual([undefined, 'n-1']);
    expect(played.steps()).toContain('exchange: refused');
  });

  it('one demand is answered once, and the nonce of the granted answer is the one used next', async () => {
    const played = await against(
      (request, response) => (nonceOf(request.headers['dpop']) === 'first' ? json(response, 200, granted('DPoP'), { 'DPoP-Nonce': 'second' }) : json(response, 400, { error: 'use_dpop_nonce' }, { 'DPoP-Nonce': 'first' })),
      (_request, response) => json(response, 200, { sub: 'ada' }),
    );
    expect([...played.sent('token'), ...played.sent('userinfo')].map((request) => nonceOf(proofOf(request)))).toEqual([undefined, 'first', 'second']);
    expect(played.steps()).toContain('userinfo: ok');
  });

  it('the target of a proof has no query, and its key no private member', async () => {
    const played = await against((_request, response) => json(response, 200, granted('DPoP')), (_request, response) => json(response, 200, { sub: 'ada' }), '/token?tenant=a#part');
    const proof = proofOf(played.sent('token')[0] ?? '');
    expect(played.sent('token')[0]).toMatch(/^POST \/token\?tenant=a /);
    expect(decodeJwt(proof)['htu']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/token$/);
    expect(Object.keys(decodeProtectedHeader(proof).jwk ?? {}).toSorted()).toEqual(['crv', 'kty', 'x', 'y']);
  });

  it.each([1, -1])('a clock that is off by %d h is refused, and the diagnosis says so', async (hours) => {
    const date = new Date(Date.now() + hours * 3_600_000).toUTCString();
    const played = await against((_request, response) => json(response, 400, { error: 'invalid_dpop_proof', error_description: 'DPoP proof iat is not recent enough' }, { Date: date }), (_request, response) => json(response, 200, {}));
    expect(played.steps()).toContain('exchange: refused');
    const likely = diagnose(played.events)?.causes.filter(({ verdict }) => verdict === 'likely') ?? [];
    expect(likely.map(({ id }) => id)).toEqual(expect.arrayContaining(['clock_skew']));
  });

  it.each(['', 'é', '"', ' ', 'a b', 'x'.repeat(5000)])('a nonce that is strange (%#) breaks nothing', async (nonce) => {
    const played = await against((request, response) => {
      if (typeof nonceOf(request.headers['dpop']) === 'string') json(response, 200, granted('DPoP'));
      else response.writeHead(400, { 'Content-Type': 'application/json', 'DPoP-Nonce': Buffer.from(nonce, 'utf8').toString('latin1') }).end('{"error":"use_dpop_nonce"}');
    }, (_request, response) => json(response, 200, { sub: 'ada' }));
    expect(played.of('flow-ended')[0]?.problem?.code).not.toBe('internal');
    expect(played.sent('token').length).toBeLessThanOrEqual(2);
  });
});
