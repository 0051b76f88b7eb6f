import type { RunEvent } from '../../contract/index.ts';
import { segmentsOf } from '../../contract/index.ts';
import { SecretBook } from '../../wire/secrets/index.ts';

/**
 * The secrets of the one Run of a command: learns them from its events and takes them out of whatever is printed.
 * In their place stands `[kind length #fingerprint]`; equal secrets have equal fingerprints.
 */
export class PrintedSecrets {
  readonly #book: SecretBook;

  constructor(fingerprintKey: Uint8Array) {
    this.#book = new SecretBook(fingerprintKey);
  }

  /** A secret known from elsewhere: the client secret, before any event holds it. */
  add(secret: string): void {
    this.#book.add('client_secret', secret);
  }

  learn(event: RunEvent): void {
    this.#book.learn(event);
  }

  event(event: RunEvent): RunEvent {
    return shown(this.#book.maskEvent(event)) as RunEvent;
  }

  /** Anything made of plain data that may quote what was recorded, such as a diagnosis or a problem. */
  texts<T>(made: T): T {
    return mapTexts(made, (text) => shownText(this.#book.maskText(text))) as T;
  }
}

function shown(value: unknown): unknown {
  return mapTexts(value, shownText);
}

function shownText(text: string): string {
  return segmentsOf(text).map((piece) => ('text' in piece ? piece.text : `[${piece.marker.kind} ${piece.marker.length} #${piece.marker.fingerprint.slice(0, 8)}]`)).join('');
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapTexts(member, map)]));
}
