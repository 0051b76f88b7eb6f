import type { Socket } from 'node:net';
import type { ReceiverLimits } from './limits.ts';

/** One connection as the gate knows it: the bytes that came so far, as far as they are kept, and whether they made a request. */
interface Visitor { bytes: Buffer; asked: boolean; timer: NodeJS.Timeout }

/**
 * Keeps the connections to a listener few and short: a visitor that brings no whole request head in time goes, and at the cap the oldest
 * that has not asked yet goes, so that people who only hold sockets cannot keep the real redirect out. Keeps each request's first bytes.
 */
export class Gate {
  readonly #visitors = new Map<Socket, Visitor>();
  readonly #limits: ReceiverLimits;
  readonly #onSlow: (socket: Socket) => void;

  /** @param onSlow told of a visitor whose time is up and who sent something; it is the listener's to answer and end it */
  constructor(limits: ReceiverLimits, onSlow: (socket: Socket) => void) {
    this.#limits = limits;
    this.#onSlow = onSlow;
  }

  /** @param keep whether its bytes are kept; not those of a connection that TLS reads itself */
  admit(socket: Socket, keep = true): void {
    const visitor: Visitor = { bytes: Buffer.alloc(0), asked: false, timer: setTimeout(() => this.#late(socket), this.#limits.headerTime) };
    this.#visitors.set(socket, visitor);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(visitor.timer);
      this.#visitors.delete(socket);
    });
    // First in line: the HTTP parser's own listener reports a whole head while it is called.
    if (keep) socket.prependListener('data', (chunk: Buffer) => {
      const room = this.#limits.headerBytes - visitor.bytes.length;
      if (room > 0) visitor.bytes = Buffer.concat([visitor.bytes, chunk.subarray(0, room)]);
    });
    if (this.#visitors.size > this.#limits.connections) this.#makeRoom();
  }

  /** The whole head has come; from here the listener answers. */
  asked(socket: Socket): void {
    const visitor = this.#visitors.get(socket);
    if (!visitor) return;
    visitor.asked = true;
    clearTimeout(visitor.timer);
  }

  /** What came on a connection, one character a byte, no more than is kept of a head. */
  bytesOf(socket: Socket): string {
    return this.#visitors.get(socket)?.bytes.toString('latin1') ?? '';
  }

  endAll(): void {
    for (const socket of this.#visitors.keys()) socket.destroy();
  }

  #late(socket: Socket): void {
    if (this.bytesOf(socket) !== '') this.#onSlow(socket);
    socket.destroySoon();
  }

  #makeRoom(): void {
    const [idle] = [...this.#visitors].filter(([, { asked }]) => !asked);
    (idle?.[0] ?? this.#visitors.keys().next().value)?.destroy();
  }
}
