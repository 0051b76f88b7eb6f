import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { headerOf, messageParts } from '../../../src-main/contract/index.ts';
import { against, granted, json } from '../../support/authenticating/answering.ts';

// What servers in the field do and node-oidc-provider does not, as their answers were seen.
const header = (request: string | undefined, name: string): string | undefined => headerOf(messageParts(request ?? '').headers, name);
const nonceIn = (request: string | undefined): unknown => decodeJwt(header(request, 'dpop') ?? '')['nonce'];

describe('DPoP at servers of other makes', () => {
  it('a server that ignores the proof and answers with a bearer token is sent no proof with it', async () => {
    const played = await against((_request, response) => json(response, 200, granted('Bearer')), (_request, response) => json(response, 200, { sub: 'ada' }));
    expect(header(played.sent('token')[0], 'dpop')).toBeDefined();
    expect(header(played.sent('userinfo')[0], 'dpop')).toBeUndefined();
    expect(header(played.sent('userinfo')[0], 'authorization')).toMatch(/^Bearer /);
  });

  it('a resource that demands a nonce in WWW-Authenticate alone (RFC 9449 §9) gets it in a second request', async () => {
    const played = await against(
      (_request, response) => json(response, 200, granted('dpop')),
      (request, response) => {
        if (decodeJwt(String(request.headers['dpop']))['nonce'] === 'n-1') json(response, 200, { sub: 'ada' });
        else response.writeHead(401, { 'WWW-Authenticate': 'DPoP error="use_dpop_nonce", error_description="Resource server requires nonce in DPoP proof"', 'DPoP-Nonce': 'n-1' }).end();
      },
    );
    expect(played.sent('userinfo').map(nonceIn)).toEqual([undefined, 'n-1']);
    expect(played.steps()).toContain('userinfo: ok');
    expect(header(played.sent('userinfo')[1], 'authorization')).toMatch(/^DPoP CANARY/);
  });

  it('a nonce given with a granted answer is used from then on, without a demand (RFC 9449 §8.2)', async () => {
    const played = await against(
      (_request, response) => json(response, 200, granted('DPoP'), { 'DPoP-Nonce': 'next' }),
      (_request, response) => json(response, 200, { sub: 'ada' }),
    );
    expect(played.sent('userinfo').map(nonceIn)).toEqual(['next']);
  });

  it('a refusal that carries a nonce and asks for something else is a refusal', async () => {
    const played = await against((_request, response) => json(response, 400, { error: 'invalid_dpop_proof' }, { 'DPoP-Nonce': 'n' }), (_request, response) => json(response, 200, {}));
    expect(played.sent('token')).toHaveLength(1);
    expect(played.of('grant-refused')[0]?.error.error).toBe('invalid_dpop_proof');
  });

  it('a demand without a nonce to use is a refusal', async () => {
    const played = await against((_request, response) => json(response, 400, { error: 'use_dpop_nonce' }), (_request, response) => json(response, 200, {}));
    expect(played.sent('token')).toHaveLength(1);
    expect(played.of('grant-refused')[0]?.error.error).toBe('use_dpop_nonce');
  });
});
