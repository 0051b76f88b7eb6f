import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcp } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { createServer as createTls } from 'node:tls';

/** One connection as the server saw it; over TLS, the plaintext. */
export interface Seen { received: Buffer; sent: Buffer; ended: boolean; closed: Promise<void> }

/** Answers one request on the socket, with whatever bytes it likes. `request` is what came so far. */
export type Answer = (socket: Socket, request: Buffer) => void | Promise<void>;

/**
 * A TCP or TLS server on loopback that speaks no HTTP of its own: it records every byte it receives and sends, and calls `answer`
 * once a whole request (head and the announced body) is there.
 */
export class RawServer {
  readonly connections: Seen[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #secure: boolean;

  private constructor(answer: Answer, tls: TlsOptions | undefined) {
    this.#secure = tls !== undefined;
    const handle = (socket: Socket): void => this.#handle(socket, answer);
    this.#server = tls ? createTls(tls, handle) : createTcp(handle);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    // A client that refuses the certificate is what several tests are about.
    this.#server.on('tlsClientError', () => undefined);
  }

  static async start(answer: Answer, tls?: TlsOptions): Promise<RawServer> {
    const server = new RawServer(answer, tls);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number { return (this.#server.address() as AddressInfo).port; }
  get url(): string { return `${this.#secure ? 'https' : 'http'}://127.0.0.1:${this.port}`; }
  /** Sockets that are still open. */
  get open(): number { return this.#sockets.size; }
  get last(): Seen {
    const seen = this.connections.at(-1);
    if (seen === undefined) throw new Error('Nobody connected');
    return seen;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  #handle(socket: Socket, answer: Answer): void {
    const seen: Seen = {
      received: Buffer.alloc(0), sent: Buffer.alloc(0), ended: false,
      closed: new Promise((done) => socket.once('close', () => done())),
    };
    this.connections.push(seen);
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    socket.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
      seen.sent = Buffer.concat([seen.sent, typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk]);
      return write(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk, ...rest.filter((argument) => typeof argument === 'function'));
    }) as typeof socket.write;
    let answered = false;
    socket.on('data', (chunk: Buffer) => {
      seen.received = Buffer.concat([seen.received, chunk]);
      if (answered || !complete(seen.received)) return;
      answered = true;
      void answer(socket, seen.received);
    });
    socket.on('end', () => { seen.ended = true; });
    socket.on('error', () => undefined);
  }
}

function complete(request: Buffer): boolean {
  const end = request.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(request.toString('latin1', 0, end + 2))?.[1];
  return request.length >= end + 4 + Number(length ?? 0);
}
