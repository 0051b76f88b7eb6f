/** An interim answer (1xx) that is not a change of protocol. */
const interim = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/;
const START = 'HTTP/1.1 100 ';
const BLANK_LINE = Buffer.from('\r\n\r\n');

/**
 * Takes interim answers out of what an HTTP parser is given. RFC 9110 §15.2 has a client accept any number of them unasked;
 * undici ends the connection at a 100 it did not ask for.
 */
export class InterimFilter {
  readonly #limit: number;
  #held: Buffer | null = Buffer.alloc(0);

  /** @param limit bytes held back at most; beyond that everything is let through for the parser to judge */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns what the parser may see now; `null` where that is nothing yet */
  pass(chunk: Buffer): Buffer | null {
    if (this.#held === null) return chunk;
    this.#held = Buffer.concat([this.#held, chunk]);
    for (;;) {
      if (this.#held.length < START.length && undecided(this.#held) && this.#held.length < this.#limit) return null;
      if (!interim.test(this.#held.toString('latin1', 0, START.length))) return this.rest();
      const end = this.#held.indexOf(BLANK_LINE);
      if (end === -1) return this.#held.length < this.#limit ? null : this.rest();
      this.#held = this.#held.subarray(end + BLANK_LINE.length);
    }
  }

  /** What is still held back, at the end of the connection. From then on everything passes. */
  rest(): Buffer | null {
    const held = this.#held;
    this.#held = null;
    return held === null || held.length === 0 ? null : held;
  }
}

/** Whether these few bytes may still become an interim answer. */
function undecided(start: Buffer): boolean {
  const text = start.toString('latin1');
  return 'HTTP/1.0 1'.startsWith(text.slice(0, 10)) || 'HTTP/1.1 1'.startsWith(text.slice(0, 10));
}
