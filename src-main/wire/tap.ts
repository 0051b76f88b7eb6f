import type { Socket } from 'node:net';

/**
 * Records what goes through one socket: bytes handed to it and bytes that arrived, with the times of the first and last.
 *
 * The tap is on the socket because an HTTP client's own header events leave things out. On a TLS socket it sees the plaintext.
 * It hooks `write` (what is handed over, in order) and `push` (what the handle delivers, whether or not anybody reads it).
 */
export class Tap {
  readonly #sent: Buffer[] = [];
  readonly #received: Buffer[] = [];
  readonly #limit: number;
  readonly #onTooLarge: () => void;
  receivedBytes = 0;
  lastSentAt: number | undefined;
  firstByteAt: number | undefined;
  /** `performance.now()` of the last byte in either direction. */
  lastActivity = performance.now();

  constructor(limit: number, onTooLarge: () => void) {
    this.#limit = limit;
    this.#onTooLarge = onTooLarge;
  }

  attach(socket: Socket): void {
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    socket.write = ((chunk: unknown, ...rest: unknown[]) => {
      this.#sent.push(bufferOf(chunk, typeof rest[0] === 'string' ? rest[0] as BufferEncoding : undefined));
      this.lastActivity = this.lastSentAt = performance.now();
      return write(chunk, ...rest);
    }) as typeof socket.write;
    const push = socket.push.bind(socket);
    socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
      if (chunk !== null) this.#receive(bufferOf(chunk, encoding));
      return push(chunk, encoding);
    };
  }

  #receive(chunk: Buffer): void {
    this.lastActivity = performance.now();
    this.firstByteAt ??= this.lastActivity;
    const room = this.#limit - this.receivedBytes;
    this.receivedBytes += chunk.length;
    // A copy: the client may reuse or hand on the memory it was given.
    if (room > 0) this.#received.push(Buffer.from(chunk.subarray(0, room)));
    if (chunk.length > room) this.#onTooLarge();
  }

  get sent(): Buffer { return Buffer.concat(this.#sent); }
  get received(): Buffer { return Buffer.concat(this.#received); }
}

function bufferOf(chunk: unknown, encoding: BufferEncoding | undefined): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding);
  return Buffer.from(chunk as Uint8Array);
}
