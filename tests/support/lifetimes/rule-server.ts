/** An authorization server on loopback whose rules about time are exact to the millisecond and can be chosen one by one, which real servers do not let us. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ResolvedClient } from '../../../src-main/flow/index.ts';

/** Milliseconds; what is left out never ends. */
export interface Rules {
  code?: number; access?: number; idle?: number; absolute?: number;
  /** How long a rotated token is still taken; without it refresh tokens are not rotated. */
  grace?: number;
  /** A reuse beyond the grace period ends the grant. */
  endsFamily?: boolean;
  introspection?: boolean;
  userinfo?: boolean;
  /** Stated as expires_in, seconds. */
  states?: number;
  /** How long the token endpoint takes to answer. */
  slow?: number;
}

interface Grant { begun: number; ended: boolean }
interface Refresh { grant: Grant; used: number; rotated: number | null }

export class RuleServer {
  readonly rules: Rules;
  /** Refresh requests that came, with the time and how many were open at once. */
  readonly refreshes: { at: number; open: number }[] = [];
  /** Answer the next token requests with this instead: a status, or 0 for a closed connection. */
  failing: number | null = null;
  readonly #codes = new Map<string, number>();
  readonly #access = new Map<string, number>();
  readonly #refresh = new Map<string, Refresh>();
  readonly #server = createServer((request, response) => { void this.#answer(request, response); });
  #open = 0;
  issuer = '';

  constructor(rules: Rules) { this.rules = rules; }

  get client(): ResolvedClient { return { issuer: this.issuer, clientId: 'client', authMethod: 'client_secret_basic', secret: 'CANARY-client_secret-rules' }; }

  async start(): Promise<this> {
    await new Promise<void>((listening) => { this.#server.listen(0, '127.0.0.1', listening); });
    this.issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  close(): Promise<void> {
    return new Promise((closed) => {
      this.#server.close(() => closed());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const body = new URLSearchParams((await request.setEncoding('utf8').toArray()).join(''));
    const json = (status: number, value: unknown): void => { response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value)); };
    const { introspection, userinfo } = this.rules;
    const { issuer } = this;
    switch (url.pathname) {
      case '/.well-known/openid-configuration': return json(200, {
        issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`,
        ...(introspection && { introspection_endpoint: `${issuer}/introspect` }), ...(userinfo && { userinfo_endpoint: `${issuer}/me` }),
      });
      case '/auth': {
        const code = `CANARY-code-${randomBytes(9).toString('hex')}`;
        this.#codes.set(code, Date.now());
        const back = new URL(url.searchParams.get('redirect_uri') ?? '');
        back.searchParams.set('code', code);
        back.searchParams.set('state', url.searchParams.get('state') ?? '');
        response.writeHead(302, { Location: back.href }).end();
        return;
      }
      case '/me': {
        const alive = this.#lives(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
        if (alive) return json(200, { sub: 'ada' });
        response.writeHead(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }).end();
        return;
      }
      case '/introspect': return json(200, { active: this.#lives(body.get('token') ?? '') || this.#livesRefresh(body.get('token') ?? '') });
      case '/token': {
        if (this.failing === 0) { request.socket.destroy(); return; }
        if (this.failing !== null) { response.writeHead(this.failing).end(); return; }
        if (body.get('grant_type') === 'refresh_token') this.refreshes.push({ at: performance.now(), open: this.#open + 1 });
        this.#open += 1;
        if (this.rules.slow !== undefined) await new Promise((over) => { setTimeout(over, this.rules.slow); });
        this.#open -= 1;
        return this.#token(body, json);
      }
      default: response.writeHead(404).end();
    }
  }

  #token(body: URLSearchParams, json: (status: number, value: unknown) => void): void {
    const { rules } = this;
    const refused = (): void => json(400, { error: 'invalid_grant' });
    if (body.get('grant_type') === 'authorization_code') {
      const code = body.get('code') ?? '';
      const issued = this.#codes.get(code);
      this.#codes.delete(code);
      return issued === undefined || Date.now() - issued > (rules.code ?? Infinity) ? refused() : json(200, this.#issue({ begun: Date.now(), ended: false }, true));
    }
    const known = this.#refresh.get(body.get('refresh_token') ?? '');
    if (!known || !this.#livesRefresh(body.get('refresh_token') ?? '', known.rotated !== null)) return refused();
    if (known.rotated !== null && Date.now() - known.rotated > (rules.grace ?? 0)) {
      if (rules.endsFamily) known.grant.ended = true;
      return refused();
    }
    known.used = Date.now();
    if (rules.grace === undefined) return json(200, this.#issue(known.grant, false));
    known.rotated ??= Date.now();
    return json(200, this.#issue(known.grant, true));
  }

  #issue(grant: Grant, withRefresh: boolean): Record<string, unknown> {
    const access = `CANARY-access_token-${randomBytes(9).toString('hex')}`;
    this.#access.set(access, Date.now());
    const refresh = `CANARY-refresh_token-${randomBytes(9).toString('hex')}`;
    if (withRefresh) this.#refresh.set(refresh, { grant, used: Date.now(), rotated: null });
    return { access_token: access, token_type: 'Bearer', ...(withRefresh && { refresh_token: refresh }), ...(this.rules.states !== undefined && { expires_in: this.rules.states }) };
  }

  #lives(token: string): boolean {
    const issued = this.#access.get(token);
    return issued !== undefined && Date.now() - issued <= (this.rules.access ?? Infinity);
  }

  #livesRefresh(token: string, rotated = false): boolean {
    const known = this.#refresh.get(token);
    return known !== undefined && !known.grant.ended && (rotated || known.rotated === null) && Date.now() - known.used <= (this.rules.idle ?? Infinity)
      && Date.now() - known.grant.begun <= (this.rules.absolute ?? Infinity);
  }
}
