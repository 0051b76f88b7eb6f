import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { headerOf, messageParts } from '../../../src-main/contract/index.ts';
import type { Played } from '../../support/featured/play.ts';
import { play } from '../../support/featured/play.ts';

// What servers in the field do and node-oidc-provider does not, as their answers were seen.
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
afterEach(() => { for (const server of servers.splice(0)) { server.close(); server.closeAllConnections(); } });
const secret = `CANARY-client_secret-${randomBytes(16).toString('hex')}`;

async function against(token: Answer, userinfo: Answer): Promise<Played> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', origin);
    if (pathname.startsWith('/.well-known')) {
      json(response, 200, { issuer: origin, authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token`, userinfo_endpoint: `${origin}/userinfo` });
    } else if (pathname === '/authorize') {
      response.writeHead(302, { Location: `${searchParams.get('redirect_uri')}?code=CANARY-code-1&state=${searchParams.get('state')}` }).end();
    } else (pathname === '/token' ? token : userinfo)(request, response);
  });
  servers.push(server);
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return play({ issuer: origin, secret, key: {} as never }, { dpop: { alg: 'ES256' } });
}

function json(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const idToken = await new SignJWT({ sub: 'ada' }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
const tokens = (type: string) => ({ access_token: `CANARY-access_token-${'a'.repeat(20)}`, token_type: type, id_token: idToken, expires_in: 60 });
const header = (request: string | undefined, name: string): string | undefined => headerOf(messageParts(request ?? '').headers, name);
const nonceIn = (request: string | undefined): unknown => decodeJwt(header(request, 'dpop') ?? '')['nonce'];

describe('DPoP at servers of other makes', () => {
  it('a server that ignores the proof and answers with a bearer token is sent no proof with it', async () => {
    const played = await against((_request, response) => json(response, 200, tokens('Bearer')), (_request, response) => json(response, 200, { sub: 'ada' }));
    expect(header(played.sent('token')[0], 'dpop')).toBeDefined();
    expect(header(played.sent('userinfo')[0], 'dpop')).toBeUndefined();
    expect(header(played.sent('userinfo')[0], 'authorization')).toMatch(/^Bearer /);
  });

  it('a resource that demands a nonce in WWW-Authenticate alone (RFC 9449 §9) gets it in a second request', async () => {
    const played = await against(
      (_request, response) => json(response, 200, tokens('dpop')),
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
      (_request, response) => json(response, 200, tokens('DPoP'), { 'DPoP-Nonce': 'next' }),
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
