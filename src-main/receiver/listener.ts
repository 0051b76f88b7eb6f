import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import type { OAuthError, RunEventOf } from '../contract/index.ts';
import { queryParameters } from '../contract/index.ts';
import { Gate } from './gate.ts';
import { Handoffs, handoffHeaders } from './handoff.ts';
import type { CallbackRequest, Expected, Judgement, Place } from './judge.ts';
import { judgeRequest } from './judge.ts';
import type { ReceiverLimits } from './limits.ts';
import { endPage, pageHeaders, rawAnswer, rejectedPage, statusOf, TAKEN_PATHS } from './pages.ts';
import type { LocalCertificate } from './secured.ts';
import { createSecured } from './secured.ts';
import type { Decrypt, ReadAnswer } from './read-answer.ts';
import { judgeAnswer, readAnswer, takesPosts } from './read-answer.ts';

export type CallbackEvent = Omit<RunEventOf<'callback-received'>, 'type' | 'step' | 'seq' | 'at' | 'mono' | 'boot'>;

/** The one answer: a code, or the provider's error, and the signed JWTs that came with it, unverified. */
export interface AcceptedCallback { code?: string; error?: OAuthError; jarm?: string; idToken?: string }

export interface ListenerOptions {
  expected: Expected;
  onCallback(event: CallbackEvent): void;
  limits: ReceiverLimits;
  /** Makes the listener speak TLS. */
  certificate?: LocalCertificate;
  /** Opens encrypted answers with the client's key. */
  decrypt: Decrypt;
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
  readonly #handoffs = new Handoffs();
  /** Connections before they are secured; of no use where the listener speaks plain HTTP. */
  readonly #handshakes: Gate;
  readonly #options: ListenerOptions;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.gate = new Gate(options.limits, (socket) => this.#unreadable(socket, 408));
    this.#handshakes = new Gate(options.limits, () => undefined);
  }

  get taken(): boolean { return this.#taken !== null; }

  /** Says under which name and path it is reached; known once the port is bound, and before anybody is let in. */
  settleAt(place: Place): void { this.#place = place; }

  /** A server for one address. */
  server(): Server {
    const { limits, certificate } = this.#options;
    const settings = { maxHeaderSize: limits.headerBytes, requireHostHeader: false, insecureHTTPParser: false, keepAlive: false };
    const server = certificate === undefined ? createServer(settings) : createSecured(settings, certificate, limits, this.#handshakes);
    // One request a connection: what comes behind the first is nobody's redirect.
    server.maxRequestsPerSocket = 1;
    server.on(certificate === undefined ? 'connection' : 'secureConnection', (socket: Socket) => this.gate.admit(socket));
    server.on('tlsClientError', (error: NodeJS.ErrnoException) => this.#unsecured(error));
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
    const { expected, limits, decrypt } = this.#options;
    const readsBody = head.method === 'POST' && judgeRequest(head, this.#place, takesPosts(expected)) === null;
    const facts = { ...head, body: readsBody ? await bodyOf(request, limits.bodyBytes) : '' };
    if (this.#refused.has(request.socket)) return;
    this.gate.asked(request.socket);
    const read = await readAnswer(facts, this.#place, expected, this.#handoffs, decrypt);
    // From here to the end without waiting: of two answers that come together one is first.
    const judged = this.#judge(facts, read);
    const status = statusOf(judged.verdict);
    this.#report(judged, status, this.gate.bytesOf(request.socket), read);
    if (judged.verdict === 'handoff') {
      answer(response, status, this.#handoffs.page(), handoffHeaders);
      return;
    }
    if (judged.verdict !== 'accepted' && judged.verdict !== 'accepted-error') {
      answer(response, status, rejectedPage(judged.verdict, !this.taken));
      return;
    }
    this.#taken = judged.verdict;
    // Away from the address that holds the code, before anything is shown.
    response.writeHead(status, { ...pageHeaders, 'Content-Length': 0, Location: TAKEN_PATHS[judged.verdict] }).end();
    const idToken = read.judged?.find(({ name }) => name === 'id_token')?.value;
    this.answer.resolve({
      ...(judged.code !== undefined && { code: judged.code }), ...(judged.error && { error: judged.error }),
      ...(read.jarm !== undefined && { jarm: read.jarm }), ...(idToken !== undefined && { idToken }),
    });
  }

  #judge(facts: CallbackRequest, read: ReadAnswer): Judgement {
    const { expected } = this.#options;
    const around = judgeRequest(facts, this.#place, takesPosts(expected));
    if (around) return around;
    if (this.#taken) return { verdict: 'second' };
    const judged = judgeAnswer(read, expected);
    return expected.fragment === true && facts.method === 'GET' && judged.verdict === 'no-parameters' ? { verdict: 'handoff' } : judged;
  }

  /** Something that is no whole HTTP request: answered with a constant, ended. */
  #unreadable(socket: Socket, status: 400 | 405 | 408 | 431, verdict: 'malformed' | 'method' = 'malformed'): void {
    if (this.#refused.has(socket)) return;
    this.#refused.add(socket);
    this.gate.asked(socket);
    const bytes = this.gate.bytesOf(socket);
    const target = /^[A-Z]+ ([^ \r\n]*)/.exec(bytes)?.[1] ?? '';
    this.#report({ verdict }, status, bytes, { shown: queryParameters(target) });
    if (socket.writable) socket.end(rawAnswer(status, rejectedPage(verdict, !this.taken)));
    socket.destroySoon();
  }

  /** No HTTP came out of the handshake: a browser that does not trust the certificate (it says so with an alert), or plain HTTP. */
  #unsecured(error: NodeJS.ErrnoException): void {
    if (error.code === 'ECONNRESET') return;
    this.#report({ verdict: 'malformed', expected: 'a TLS handshake', found: error.code ?? error.message.slice(0, 100) }, 0, '', { shown: [] });
  }

  endAll(): void {
    this.gate.endAll();
    this.#handshakes.endAll();
  }

  #report(judged: Judgement, answered: number, request: string, read: Pick<ReadAnswer, 'shown'> & Partial<ReadAnswer>): void {
    const accepted = judged.verdict === 'accepted' || judged.verdict === 'accepted-error';
    if (!accepted && this.#reported >= this.#options.limits.reports) return;
    if (!accepted) this.#reported += 1;
    const { verdict, error, expected, found } = judged;
    this.#options.onCallback({
      verdict, answered, request, parameters: read.shown.map(({ name, value }) => ({ name, value })),
      ...(read.carrier !== undefined && read.shown.length > 0 && { carrier: read.carrier }), ...(read.jarm !== undefined && { jarm: true }),
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

function answer(response: ServerResponse, status: number, page: string, headers = pageHeaders): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(page) }).end(page);
}
