import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import type { OAuthError, RunEventOf } from '../contract/index.ts';
import { queryParameters } from '../contract/index.ts';
import { Gate } from './gate.ts';
import type { CallbackRequest, Expected, Judgement, Place } from './judge.ts';
import { judgeCallback, judgeRequest, parametersOf } from './judge.ts';
import type { ReceiverLimits } from './limits.ts';
import { endPage, pageHeaders, rawAnswer, rejectedPage, statusOf, TAKEN_PATHS } from './pages.ts';

export type CallbackEvent = Omit<RunEventOf<'callback-received'>, 'type' | 'step' | 'seq' | 'at' | 'mono' | 'boot'>;

/** The one answer: a code, or the provider's error. */
export interface AcceptedCallback { code?: string; error?: OAuthError }

export interface ListenerOptions {
  expected: Expected;
  onCallback(event: CallbackEvent): void;
  limits: ReceiverLimits;
}

/** Answers the requests of one flow's redirect listener, on however many addresses it is bound to, and takes exactly one of them. */
export class Listener {
  /** Resolves with the accepted answer. */
  readonly answer = Promise.withResolvers<AcceptedCallback>();
  /** Resolves when the browser has been shown the page after the answer. */
  readonly shown = Promise.withResolvers<void>();
  readonly gate: Gate;
  #place: Place = { host: '', path: '' };
  #taken: 'accepted' | 'accepted-error' | null = null;
  #reported = 0;
  /** Connections that were answered before their request was whole. */
  readonly #refused = new WeakSet<Socket>();
  readonly #options: ListenerOptions;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.gate = new Gate(options.limits, (socket) => this.#unreadable(socket, 408));
  }

  get taken(): boolean { return this.#taken !== null; }

  /** Says under which name and path it is reached; known once the port is bound, and before anybody is let in. */
  settleAt(place: Place): void { this.#place = place; }

  /** A server for one address. */
  server(): Server {
    const { headerBytes } = this.#options.limits;
    const server = createServer({ maxHeaderSize: headerBytes, requireHostHeader: false, insecureHTTPParser: false, keepAlive: false });
    // One request a connection: what comes behind the first is nobody's redirect.
    server.maxRequestsPerSocket = 1;
    server.on('connection', (socket) => this.gate.admit(socket));
    server.on('request', (request, response) => void this.#receive(request, response));
    server.on('checkExpectation', (request, response) => void this.#receive(request, response));
    server.on('connect', (_request, socket) => this.#unreadable(socket as Socket, 405, 'method'));
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
      else this.#unreadable(socket as Socket, error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400);
    });
    return server;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const head = factsOf(request);
    if (this.#taken && head.method === 'GET' && head.host === this.#place.host && head.target === TAKEN_PATHS[this.#taken]) {
      response.once('close', () => this.shown.resolve());
      answer(response, 200, endPage(this.#taken));
      return;
    }
    if (head.method !== 'POST') this.gate.asked(request.socket);
    const readsBody = head.method === 'POST' && judgeRequest(head, this.#place, this.#options.expected.formPost) === null;
    const facts = { ...head, body: readsBody ? await bodyOf(request, this.#options.limits.bodyBytes) : '' };
    if (this.#refused.has(request.socket)) return;
    this.gate.asked(request.socket);
    // From here to the end without waiting: of two answers that come together one is first.
    const judged = this.#judge(facts);
    const status = statusOf(judged.verdict);
    this.#report(judged, status, this.gate.bytesOf(request.socket), parametersOf(facts) ?? []);
    if (judged.verdict !== 'accepted' && judged.verdict !== 'accepted-error') {
      answer(response, status, rejectedPage(judged.verdict, !this.taken));
      return;
    }
    this.#taken = judged.verdict;
    // Away from the address that holds the code, before anything is shown.
    response.writeHead(status, { ...pageHeaders, 'Content-Length': 0, Location: TAKEN_PATHS[judged.verdict] }).end();
    this.answer.resolve({ ...(judged.code !== undefined && { code: judged.code }), ...(judged.error && { error: judged.error }) });
  }

  #judge(facts: CallbackRequest): Judgement {
    const { expected } = this.#options;
    if (this.#taken && judgeRequest(facts, this.#place, expected.formPost) === null) return { verdict: 'second' };
    return judgeCallback(facts, this.#place, expected);
  }

  /** Something that is no whole HTTP request: answered with a constant, ended. */
  #unreadable(socket: Socket, status: 400 | 405 | 408 | 431, verdict: 'malformed' | 'method' = 'malformed'): void {
    if (this.#refused.has(socket)) return;
    this.#refused.add(socket);
    this.gate.asked(socket);
    const bytes = this.gate.bytesOf(socket);
    const target = /^[A-Z]+ ([^ \r\n]*)/.exec(bytes)?.[1] ?? '';
    this.#report({ verdict }, status, bytes, queryParameters(target));
    if (socket.writable) socket.end(rawAnswer(status, rejectedPage(verdict, !this.taken)));
    socket.destroySoon();
  }

  #report(judged: Judgement, answered: number, request: string, parameters: readonly { name: string; value: string }[]): void {
    const accepted = judged.verdict === 'accepted' || judged.verdict === 'accepted-error';
    if (!accepted && this.#reported >= this.#options.limits.reports) return;
    if (!accepted) this.#reported += 1;
    const { verdict, error, expected, found } = judged;
    this.#options.onCallback({
      verdict, answered, request, parameters: parameters.map(({ name, value }) => ({ name, value })),
      ...(error && { error }), ...(expected !== undefined && { expected }), ...(found !== undefined && { found }),
    });
  }
}

function factsOf(request: IncomingMessage): CallbackRequest {
  const header = (name: string): string | null => request.headersDistinct[name]?.join('\n') ?? null;
  return {
    method: request.method ?? '', target: request.url ?? '', body: '', host: header('host'), origin: header('origin'),
    fetchSite: header('sec-fetch-site'), fetchMode: header('sec-fetch-mode'), fetchDest: header('sec-fetch-dest'),
  };
}

/** The body, one character a byte; null where it is longer than the limit or breaks off. */
async function bodyOf(request: IncomingMessage, limit: number): Promise<string | null> {
  let body = '';
  try {
    // Left early, the connection must stay: the refusal is still to go out on it.
    for await (const chunk of request.setEncoding('latin1').iterator({ destroyOnReturn: false })) {
      body += chunk as string;
      if (body.length > limit) return null;
    }
    return body;
  } catch {
    return null;
  }
}

function answer(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { ...pageHeaders, 'Content-Length': Buffer.byteLength(page) }).end(page);
}
