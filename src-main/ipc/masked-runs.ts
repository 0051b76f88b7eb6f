import type { Marker, OpenedRun, Problem, Result, RunEvent, RunSummary } from '../contract/index.ts';
import { fail, foldRun, ok, summaryOf, withoutMarkerCharacters } from '../contract/index.ts';
import { SecretBook } from '../wire/secrets/index.ts';
import type { ClockReading } from '../contract/index.ts';

export interface MaskedRunsPorts {
  load(runId: string): Result<RunEvent[]>;
  isRunning(runId: string): boolean;
  clock(): ClockReading;
  fingerprintKey(): Uint8Array;
}

/** How many Runs keep their secret book in memory; an older one is learned again from its events. */
const KEPT_BOOKS = 20;

/** Runs as the window may see them: every secret a marker, and one marker at a time turned back on request. */
export class MaskedRuns {
  readonly #ports: MaskedRunsPorts;
  readonly #books = new Map<string, SecretBook>();

  constructor(ports: MaskedRunsPorts) {
    this.#ports = ports;
  }

  open(runId: string): Result<OpenedRun> {
    const events = this.#ports.load(runId);
    if (!events.ok) return events;
    const book = this.#learn(runId, events.value);
    const running = this.#ports.isRunning(runId);
    const masked = events.value.map((event) => book.maskEvent(event));
    return ok({ summary: this.summary(events.value, running), events: masked, clock: this.#ports.clock(), running });
  }

  /**
   * The masked events of a Run for one reading, one by one. Keeps no book: a search over all Runs must not drive out those being looked at.
   *
   * @returns the Run's own problem where it cannot be read
   */
  readMasked(runId: string): Result<Iterable<RunEvent>> {
    const events = this.#ports.load(runId);
    if (!events.ok) return events;
    const book = this.#books.get(runId) ?? this.#learned(events.value);
    return ok(maskedBy(book, events.value));
  }

  /** A live event, masked. */
  mask(runId: string, event: RunEvent): RunEvent {
    const book = this.#books.get(runId) ?? this.#bookOf(runId);
    book.learn(event);
    return book.maskEvent(event);
  }

  /** The summary line holds the server's error word, which is text from outside. */
  summary(events: readonly RunEvent[], running: boolean): RunSummary {
    const summary = summaryOf(foldRun(events), running);
    return { ...summary, error: summary.error === null ? null : withoutMarkerCharacters(summary.error).slice(0, 200) };
  }

  /** Whatever is made from a Run's events (a diagnosis, say), with every known secret in its texts a marker. */
  maskTexts<T>(runId: string, made: T): T {
    const book = this.#bookOf(runId);
    const masked = (value: unknown): unknown => {
      if (typeof value === 'string') return book.maskText(value);
      if (Array.isArray(value)) return value.map(masked);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member)]));
    };
    return masked(made) as T;
  }

  reveal(runId: string, marker: Marker): Result<string> {
    const book = this.#bookOf(runId);
    const value = book.reveal(marker);
    return value === undefined ? fail(unknownMarker) : ok(value);
  }

  /** The secrets of a Run, for a command that leaves masked. */
  secretsOf(runId: string): { kind: Marker['kind']; value: string }[] {
    return this.#bookOf(runId).secrets();
  }

  /** What is masked in a request of a Run, as it stands there in whatever encoding; for a command that leaves masked. */
  writtenIn(runId: string, recorded: Extract<RunEvent, { type: 'exchange-recorded' }>): { kind: Marker['kind']; bytes: string }[] {
    return this.#bookOf(runId).writtenIn({ ...recorded, exchange: { ...recorded.exchange, response: null } });
  }

  forget(runId: string): void {
    this.#books.delete(runId);
  }

  #bookOf(runId: string): SecretBook {
    const known = this.#books.get(runId);
    if (known) return known;
    const events = this.#ports.load(runId);
    return this.#learn(runId, events.ok ? events.value : []);
  }

  #learn(runId: string, events: readonly RunEvent[]): SecretBook {
    const known = this.#books.get(runId);
    if (known) return known;
    const book = this.#learned(events);
    this.#books.set(runId, book);
    const oldest = this.#books.keys().next().value;
    if (this.#books.size > KEPT_BOOKS && oldest !== undefined) this.#books.delete(oldest);
    return book;
  }

  #learned(events: readonly RunEvent[]): SecretBook {
    const book = new SecretBook(this.#ports.fingerprintKey());
    for (const event of events) book.learn(event);
    return book;
  }
}

function* maskedBy(book: SecretBook, events: readonly RunEvent[]): Generator<RunEvent> {
  for (const event of events) yield book.maskEvent(event);
}

const unknownMarker: Problem = { code: 'unknown-marker', message: 'This run holds no such secret.' };
