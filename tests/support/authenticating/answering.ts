/** An authorization server whose token and userinfo answers the test writes, and a flow with DPoP against it. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Played } from '../featured/play.ts';
import { play } from '../featured/play.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const secret = `CANARY-client_secret-${randomBytes(16).toString('hex')}`;
const idToken = await new SignJWT({ sub: 'ada' }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));

/** The members of a granted token answer. */
export const granted = (type: string): Record<string, unknown> => ({ access_token: `CANARY-access_token-${'a'.repeat(20)}`, token_type: type, id_token: idToken, expires_in: 60 });

export function json(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** @param tokenPath path and query of the token endpoint */
export async function against(token: Answer, userinfo: Answer, tokenPath = '/token'): Promise<Played> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', origin);
    if (pathname.startsWith('/.well-known')) {
      json(response, 200, { issuer: origin, authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}${tokenPath}`, userinfo_endpoint: `${origin}/userinfo` });
    } else if (pathname === '/authorize') {
      response.writeHead(302, { Location: `${searchParams.get('redirect_uri')}?code=CANARY-code-1&state=${searchParams.get('state')}` }).end();
    } else (pathname === '/token' ? token : userinfo)(request, response);
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await play({ issuer: origin, secret, key: {} as never }, { dpop: { alg: 'ES256' } });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
