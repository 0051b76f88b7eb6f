import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTcp } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { createServer as createTls } from 'node:tls';

/** One connection as the server saw it; over TLS, the plaintext. */
export class Seen {
  readonly #received: Buffer[] = [];
  readonly #sent: Buffer[] = [];
  readonly closed: Promise<void>;

  constructor(socket: Socket) {
    this.closed = new Promise((done) => socket.once('close', () => done()));
    const write = socket.write.bind(socket) as (bytes: Buffer, ...rest: unknown[]) => boolean;
    // Text is bytes here, one character a byte, so that a scenario can spell any of them.
    socket.write = ((chunk: string | Buffer, ...rest: unknown[]) => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk;
      this.#sent.push(bytes);
      return write(bytes, ...rest);
    }) as typeof socket.write;
    socket.on('data', (chunk: Buffer) => this.#received.push(chunk));
  }

  get received(): Buffer { return Buffer.concat(this.#received); }
  get sent(): Buffer { return Buffer.concat(this.#sent); }
}

/** Answers one request on the socket, with whatever bytes it likes. */
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
    const seen = new Seen(socket);
    this.connections.push(seen);
    let answered = false;
    socket.on('data', () => {
      if (answered || !complete(seen.received)) return;
      answered = true;
      void answer(socket, seen.received);
    });
    socket.on('error', () => undefined);
  }
}

function complete(request: Buffer): boolean {
  const end = request.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(request.toString('latin1', 0, end + 2))?.[1];
  return request.length >= end + 4 + Number(length ?? 0);
}
