import { fail } from '../contract/result.ts';
import type { Problem } from '../contract/result.ts';

export const DEADLINE_MS = 5000;

type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem } | { ok: false; error: unknown };

/**
 * One call at a time, each with a deadline. A call that misses it stays pending and blocks one thread of libuv's pool; a second
 * one would block another, and four stop every file and name lookup of the process. So nothing is called again until that one is back
 * and somebody asked for a retry.
 */
export class CallQueue {
  readonly #deadline: number;
  #tail: Promise<unknown> = Promise.resolve();
  #stuck: Promise<unknown> | null = null;
  #latched: Problem | null = null;

  constructor(deadline: number = DEADLINE_MS) {
    this.#deadline = deadline;
  }

  run<T>(call: () => Promise<T>): Promise<Outcome<T>> {
    const result = this.#tail.then(() => this.#one(call));
    this.#tail = result;
    return result;
  }

  get stuck(): boolean {
    return this.#stuck !== null;
  }

  retry(): void {
    if (!this.#stuck) this.#latched = null;
  }

  async #one<T>(call: () => Promise<T>): Promise<Outcome<T>> {
    if (this.#latched) return fail(this.#latched);
    // The wrapper also turns what keytar throws synchronously into a rejection.
    const pending = (async () => call())().then(
      (value): Outcome<T> => ({ ok: true, value }),
      (error: unknown): Outcome<T> => ({ ok: false, error }),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((done) => { timer = setTimeout(() => done(null), this.#deadline); });
    const first = await Promise.race([pending, late]);
    clearTimeout(timer);
    if (first) return first;
    this.#stuck = pending.finally(() => { this.#stuck = null; });
    this.#latched = {
      code: 'keychain-timeout',
      message: `The keychain did not answer within ${this.#deadline / 1000} seconds.`,
      why: 'It may be waiting for your password in a window of its own, or its service hangs.',
      next: 'Answer the keychain\'s question if there is one, then try again.',
    };
    return fail(this.#latched);
  }
}
