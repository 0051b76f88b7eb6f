import type { Socket } from 'node:net';
import { InterimFilter } from './interim.ts';
import { HEAD_BYTES } from './limits.ts';

/**
 * Records what goes through one socket: bytes handed to it and bytes that arrived, with the times of the first and last.
 *
 * The tap is on the socket because an HTTP client's own header events leave things out. On a TLS socket it sees the plaintext.
 * It hooks `write` and `end` (what is handed over, in order) and `push` (what the handle delivers, whether or not anybody reads it).
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

  /**
   * @param limit bytes kept of what arrives
   * @param onTooLarge called once, as soon as more than that has arrived; the reader of the socket gets nothing from then on
   */
  constructor(limit: number, onTooLarge: () => void) {
    this.#limit = limit;
    this.#onTooLarge = onTooLarge;
  }

  /** Hooks a socket; to be called before it is connected, so that nothing passes unseen. */
  attach(socket: Socket): void {
    const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
    socket.write = ((chunk: unknown, ...rest: unknown[]) => {
      this.#send(chunk, rest[0]);
      return write(chunk, ...rest);
    }) as typeof socket.write;
    const end = socket.end.bind(socket) as (...args: unknown[]) => Socket;
    socket.end = ((...args: unknown[]) => {
      if (typeof args[0] === 'string' || args[0] instanceof Uint8Array) this.#send(args[0], args[1]);
      return end(...args);
    }) as typeof socket.end;
    this.#hookPush(socket);
  }

  #hookPush(socket: Socket): void {
    const push = socket.push.bind(socket);
    const filter = new InterimFilter(HEAD_BYTES);
    socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
      if (chunk === null) {
        const rest = filter.rest();
        if (rest !== null) push(rest);
        return push(null);
      }
      const bytes = bufferOf(chunk, encoding);
      this.#receive(bytes);
      if (this.receivedBytes > this.#limit) return false;
      const seen = filter.pass(bytes);
      return seen === null ? true : push(seen);
    };
  }

  #send(chunk: unknown, encoding: unknown): void {
    // A copy: the caller owns its memory and may write to it again.
    this.#sent.push(Buffer.from(bufferOf(chunk, typeof encoding === 'string' ? encoding as BufferEncoding : undefined)));
    this.lastActivity = this.lastSentAt = performance.now();
  }

  #receive(chunk: Buffer): void {
    this.lastActivity = performance.now();
    this.firstByteAt ??= this.lastActivity;
    const room = this.#limit - this.receivedBytes;
    this.receivedBytes += chunk.length;
    if (room > 0) this.#received.push(Buffer.from(chunk.subarray(0, room)));
    if (room >= 0 && chunk.length > room) this.#onTooLarge();
  }

  get sent(): Buffer { return Buffer.concat(this.#sent); }
  get received(): Buffer { return Buffer.concat(this.#received); }
}

function bufferOf(chunk: unknown, encoding: BufferEncoding | undefined): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding);
  const bytes = chunk as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
