/** A server that answers as recorded ones do where node-oidc-provider cannot be made to. Loopback, plain HTTP. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'oidc-provider';

export interface Shapes {
  metadata?: Record<string, unknown>;
  /** Answer of the PAR endpoint. */
  par?: { status: number; type?: string; body: string };
  /** Parameters of the redirect, from those of the (perhaps pushed) request. */
  redirect?(asked: URLSearchParams, issuer: string): { query?: Record<string, string>; fragment?: Record<string, string> };
  /** Members of the token answer. */
  tokens?: Record<string, unknown>;
}

export interface Recorded { issuer: string; secret: string; key: JWK; /** Targets of the requests to the authorization endpoint. */ visits: string[]; close(): Promise<void> }

export async function startRecorded(shapes: Shapes): Promise<Recorded> {
  let pushed = new URLSearchParams();
  const visits: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    const body = (await request.setEncoding('utf8').toArray()).join('');
    const json = (value: unknown): void => { response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value)); };
    switch (url.pathname) {
      case '/.well-known/openid-configuration': return json({
        issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, pushed_authorization_request_endpoint: `${issuer}/par`, jwks_uri: `${issuer}/jwks`, ...shapes.metadata,
      });
      case '/jwks': return json({ keys: [] });
      case '/par': {
        pushed = new URLSearchParams(body);
        const { status, type = 'application/json', body: text } = shapes.par ?? { status: 201, body: '{"request_uri":"urn:x"}' };
        response.writeHead(status, { 'Content-Type': type }).end(text);
        return;
      }
      case '/auth': {
        visits.push(url.search);
        const asked = url.searchParams.has('request_uri') ? pushed : url.searchParams;
        const { query = {}, fragment } = shapes.redirect?.(asked, issuer) ?? { query: { code: 'CANARY-code-recorded', state: asked.get('state') ?? '' } };
        const back = new URL(asked.get('redirect_uri') ?? '');
        for (const [name, value] of Object.entries(query)) back.searchParams.append(name, value);
        if (fragment) back.hash = new URLSearchParams(fragment).toString();
        response.writeHead(302, { Location: back.href }).end();
        return;
      }
      case '/token': return json(shapes.tokens ?? { access_token: 'CANARY-access_token-recorded', token_type: 'Bearer' });
      default: response.writeHead(404).end();
    }
  }

  return {
    issuer, secret: 'CANARY-client_secret-recorded', key: {} as JWK, visits,
    close: () => new Promise((closed) => {
      server.close(() => { closed(); });
      server.closeAllConnections();
    }),
  };
}
