import type { ImportPreview, ImportScope } from '../contract/import.ts';
import type { Result } from '../contract/result.ts';
import { ok } from '../contract/result.ts';
import type { RunEvent } from '../contract/run.ts';
import { withoutBallast } from './ballast.ts';
import { previewOf, signInOf } from './preview.ts';
import type { Reading } from './reading.ts';
import { readText } from './reading.ts';
import { toRun } from './to-run.ts';

/** How much `next` hands out at once: whoever stores it must come up for air. */
const BATCH_EVENTS = 200;
const BATCH_CHARACTERS = 1_000_000;

/** One import from its text to its events: read and shown first, then handed out in parts. */
export class ImportSession {
  #reading: Reading | null = null;
  #events: RunEvent[] = [];
  #at = 0;

  /** Reads the text; what was read before is forgotten. */
  preview(text: string, answer?: string, fileName?: string): Result<ImportPreview> {
    this.#reading = null;
    const read = readText(text, answer);
    if (!read.ok) return read;
    this.#reading = read.value;
    return ok(previewOf(read.value, fileName));
  }

  /**
   * Makes the Run whose events `next` hands out.
   *
   * @param importedAt now, milliseconds since 1970
   * @throws {TypeError} where nothing was read
   */
  begin(title: string, what: ImportScope, importedAt: number): void {
    if (this.#reading === null) throw new TypeError('Nothing was read yet');
    const { exchanges } = this.#reading;
    this.#events = toRun(exchanges, title, importedAt);
    const signIn = signInOf(exchanges, this.#events);
    const kept = what === 'sign-in' && signIn.length > 0 ? signIn : withoutBallast(exchanges, new Set(signIn));
    if (kept !== exchanges) this.#events = toRun(kept, title, importedAt);
    this.#at = 0;
  }

  /** The next events in order; none at the end. */
  next(): RunEvent[] {
    const start = this.#at;
    let characters = 0;
    while (this.#at < this.#events.length && this.#at - start < BATCH_EVENTS && characters < BATCH_CHARACTERS) {
      const event = this.#events[this.#at] as RunEvent;
      if (event.type === 'exchange-recorded') characters += event.exchange.request.length + (event.exchange.response?.raw.length ?? 0) + (event.exchange.response?.body.length ?? 0);
      this.#at += 1;
    }
    return this.#events.slice(start, this.#at);
  }
}
