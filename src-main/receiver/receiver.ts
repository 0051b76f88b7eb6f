import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { OAuthError, Redirect, Result, RunEventOf } from '../contract/index.ts';
import { formParameters, ok, queryParameters, redirectUriOf } from '../contract/index.ts';
import { bindLoopback } from './bind.ts';
import type { Expected, Judgement } from './judge.ts';
import { judgeParameters, judgeRequest } from './judge.ts';
import { DENIED_PATH, deniedPage, DONE_PATH, donePage, pageHeaders, rejectedPage } from './pages.ts';

/** What the listener bears; small numbers in tests. */
export interface ReceiverLimits { connections: number; headerTime: number; headerBytes: number; bodyBytes: number; grace: number }

export const receiverLimits: ReceiverLimits = { connections: 16, headerTime: 5000, headerBytes: 8192, bodyBytes: 65_536, grace: 1500 };

export type CallbackEvent = Omit<RunEventOf<'callback-received'>, 'type' | 'step' | 'seq' | 'at' | 'mono' | 'boot'>;
export interface AcceptedCallback { code?: string; error?: OAuthError }

export interface Receiver {
  readonly redirectUri: string;
  readonly address: string;
  readonly port: number;
  /** Resolves with the one answer that passed every check; never rejects, never resolves if none comes. */
  readonly answer: Promise<AcceptedCallback>;
  /** Stops listening; the page that says "done" is still served for a moment to the browser that was just redirected to it. */
  close(): Promise<void>;
}

export interface ReceiverOptions {
  redirect: Redirect;
  expected: Expected;
  /** Told of every request to the listener, taken or not. */
  onCallback(event: CallbackEvent): void;
  limits?: Partial<ReceiverLimits>;
}

/**
 * Opens the loopback redirect listener. The port is bound when this resolves, so nobody can take it while the person signs in.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export async function openReceiver(options: ReceiverOptions): Promise<Result<Receiver>> {
  const limits = { ...receiverLimits, ...options.limits };
  const listener = new Listener(options, limits);
  const bound = await bindLoopback(options.redirect, () => listener.server());
  if (!bound.ok) return bound;
  const { servers, port, address } = bound.value;
  listener.host = `${options.redirect.host}:${port}`;
  return ok({
    redirectUri: redirectUriOf(options.redirect, port), address, port, answer: listener.answer.promise,
    close: () => listener.close(servers),
  });
}

class Listener {
  readonly answer = Promise.withResolvers<AcceptedCallback>();
  host = '';
  readonly #options: ReceiverOptions;
  readonly #limits: ReceiverLimits;
  #taken: 'open' | 'accepted' | 'accepted-error' = 'open';
  #doneServed = Promise.withResolvers<void>();

  constructor(options: ReceiverOptions, limits: ReceiverLimits) {
    this.#options = options;
    this.#limits = limits;
  }

  server(): Server {
    const server = createServer({
      maxHeaderSize: this.#limits.headerBytes, headersTimeout: this.#limits.headerTime, requestTimeout: this.#limits.headerTime * 2,
      connectionsCheckingInterval: Math.max(50, this.#limits.headerTime / 5), keepAlive: false, insecureHTTPParser: false,
    }, (request, response) => void this.#receive(request, response));
    server.on('connection', (socket) => this.#admit(server, socket));
    server.on('clientError', (_error, socket) => {
      this.#options.onCallback({ verdict: 'malformed', request: '', parameters: [], answered: 400 });
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    });
    return server;
  }

  readonly #sockets = new Set<Socket>();

  /** Idle attackers must not keep the real redirect out: at the cap the oldest connection goes, not the newest. */
  #admit(_server: Server, socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    const oldest = this.#sockets.values().next().value;
    if (this.#sockets.size > this.#limits.connections && oldest !== undefined) oldest.destroy();
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const target = request.url ?? '';
    const own = judgeRequest(factsOf(request), this.host, this.#options.redirect.path, this.#options.expected.formPost);
    if (own === 'path' && this.#taken !== 'open' && (target === DONE_PATH || target === DENIED_PATH) && request.method === 'GET') {
      answer(response, 200, target === DONE_PATH ? donePage : deniedPage);
      response.once('close', () => this.#doneServed.resolve());
      return;
    }
    const body = request.method === 'POST' && own === null ? await bodyOf(request, this.#limits.bodyBytes) : '';
    const parameters = (request.method === 'POST' ? formParameters(body ?? '') : queryParameters(target)).map(({ name, value }) => ({ name, value }));
    let judged: Judgement = own !== null ? { verdict: own } : body === null ? { verdict: 'malformed' } : judgeParameters(parameters, this.#options.expected);
    // Decided in one synchronous step, so two simultaneous answers cannot both be the first.
    if (own === null && this.#taken !== 'open') judged = { verdict: 'second' };
    const accepted = judged.verdict === 'accepted' || judged.verdict === 'accepted-error';
    if (accepted) this.#taken = judged.verdict as 'accepted' | 'accepted-error';
    const status = accepted ? 303 : statusOf(judged.verdict);
    this.#options.onCallback({
      verdict: judged.verdict, request: rawHead(request, this.#limits.headerBytes) + (body ?? ''), parameters: own === null || own === 'path' ? parameters : [], answered: status,
      ...(judged.error && { error: judged.error }), ...(judged.expected !== undefined && { expected: judged.expected }), ...(judged.found !== undefined && { found: judged.found }),
    });
    if (!accepted) {
      answer(response, status, rejectedPage(judged.verdict));
      return;
    }
    // Away from the address that holds the code, before anything is shown.
    response.writeHead(303, { ...pageHeaders, Location: judged.verdict === 'accepted' ? DONE_PATH : DENIED_PATH }).end();
    this.answer.resolve({ ...(judged.code !== undefined && { code: judged.code }), ...(judged.error && { error: judged.error }) });
  }

  async close(servers: readonly Server[]): Promise<void> {
    const closed = servers.map((server) => new Promise<void>((done) => { server.close(() => done()); }));
    if (this.#taken === 'open') {
      for (const socket of this.#sockets) socket.destroy();
      await Promise.all(closed);
      return;
    }
    // The flow need not wait for a browser to fetch the closing page.
    const grace = new Promise<void>((done) => { setTimeout(done, this.#limits.grace).unref(); });
    void Promise.race([this.#doneServed.promise, grace]).then(() => {
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}

function factsOf(request: IncomingMessage): Parameters<typeof judgeRequest>[0] {
  const one = (name: string): string | undefined => {
    const values = request.headersDistinct[name];
    return values && values.length > 1 ? values.join('\n') : values?.[0];
  };
  return {
    method: request.method ?? '', target: request.url ?? '',
    headers: { host: one('host'), origin: one('origin'), fetchSite: one('sec-fetch-site'), fetchMode: one('sec-fetch-mode') },
  };
}

/** The head as it came: name case and order kept by Node's rawHeaders. */
function rawHead(request: IncomingMessage, limit: number): string {
  const lines = [`${request.method ?? ''} ${request.url ?? ''} HTTP/${request.httpVersion}`];
  for (let index = 0; index < request.rawHeaders.length; index += 2) lines.push(`${request.rawHeaders[index] ?? ''}: ${request.rawHeaders[index + 1] ?? ''}`);
  return `${lines.join('\r\n')}\r\n\r\n`.slice(0, limit);
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<string | null> {
  let body = '';
  for await (const chunk of request.setEncoding('latin1')) {
    body += chunk as string;
    if (body.length > limit) return null;
  }
  return body;
}

function statusOf(verdict: Judgement['verdict']): number {
  switch (verdict) {
    case 'host': return 421;
    case 'method': return 405;
    case 'path': return 404;
    case 'second': return 410;
    default: return 400;
  }
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { ...pageHeaders, 'Content-Length': Buffer.byteLength(body) }).end(body);
}
