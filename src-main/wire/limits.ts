/** Bounds of one exchange: times in milliseconds, sizes in bytes. */
export interface WireLimits {
  /** Name resolution, TCP and TLS together. */
  connect: number;
  /** Longest silence of the server once connected. */
  idle: number;
  /** From TCP until the TLS handshake is done. */
  tls: number;
  /** From the last byte of the request until the first of the answer. */
  firstByte: number;
  /** From the first byte of the answer until the last. */
  body: number;
  /** The whole exchange. */
  total: number;
  /** Bytes taken off the socket, head included. */
  wireBytes: number;
  /** Bytes of the body after each content decoding. */
  decodedBytes: number;
}

export const defaultLimits: Readonly<WireLimits> = {
  connect: 10_000, idle: 10_000, tls: Infinity, firstByte: Infinity, body: Infinity, total: 30_000, wireBytes: 1_048_576, decodedBytes: 1_048_576,
};

/** Bytes of an answer's head; a larger one ends the exchange. */
export const HEAD_BYTES = 65_536;

/** How much of an answer that is too large is kept to look at. */
export const KEPT_OF_TOO_LARGE = 4096;
