import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/**
 * A secret in memory. Printing, serialising, inspecting or joining it gives `[redacted]`, so logging one is harmless;
 * the text itself comes out of {@link Secret.expose} alone.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself. Every call is a place to look at in a review. */
  expose(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
