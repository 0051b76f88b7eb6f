import type { Exchange, Marker } from '../contract/index.ts';
import { formatMarker, MARKER_OPEN, segmentsOf } from '../contract/index.ts';
import { variableName } from './variables.ts';

/**
 * Readable names in the place of markers: the same secret has the same name in every step of a Run, e.g. `{{CODE_1}}`.
 *
 * Numbered by first use in the Run, so that an exchange exported alone has the names it has in the export of the whole Run.
 */
export class Pseudonyms {
  readonly #names = new Map<string, { name: string; describes: string }>();
  readonly #counts = new Map<string, number>();
  readonly #used = new Set<string>();

  constructor(exchanges: Iterable<Exchange>) {
    for (const { url, request, response } of exchanges) {
      for (const text of [url, request, response?.raw ?? '', response?.body ?? '']) this.#learn(text);
    }
  }

  /** @param masked text with markers; text without any comes back as it is */
  in(masked: string): string {
    if (!masked.includes(MARKER_OPEN)) return masked;
    return segmentsOf(masked).map((segment) => ('text' in segment ? segment.text : `{{${this.#nameOf(segment.marker)}}}`)).join('');
  }

  /** Every text in a value, deeply. */
  deep<T>(value: T): T {
    const walk = (one: unknown): unknown => {
      if (typeof one === 'string') return this.in(one);
      if (Array.isArray(one)) return one.map(walk);
      if (typeof one !== 'object' || one === null) return one;
      return Object.fromEntries(Object.entries(one).map(([name, member]) => [this.in(name), walk(member)]));
    };
    return walk(value) as T;
  }

  exchange(exchange: Exchange): Exchange {
    const { response } = exchange;
    return {
      ...exchange, url: this.in(exchange.url), request: this.in(exchange.request),
      failure: this.deep(exchange.failure),
      response: response && this.#response(response),
    };
  }

  /** Those that stand in a text that goes out, in the order of their numbers. */
  usedIn(text: string): { name: string; describes: string }[] {
    return [...this.#names.values()].filter(({ name }) => text.includes(`{{${name}}}`));
  }

  all(): { name: string; describes: string }[] {
    return [...this.#names.values()].filter(({ name }) => this.#used.has(name));
  }

  #response(response: NonNullable<Exchange['response']>): Exchange['response'] {
    const head = this.in(response.raw.slice(0, response.headLength));
    return { ...response, raw: head + this.in(response.raw.slice(response.headLength)), headLength: head.length, body: this.in(response.body) };
  }

  #learn(text: string): void {
    if (!text.includes(MARKER_OPEN)) return;
    for (const segment of segmentsOf(text)) if ('marker' in segment) this.#nameOf(segment.marker);
  }

  #nameOf(marker: Marker): string {
    const key = formatMarker(marker);
    const known = this.#names.get(key);
    if (known) {
      this.#used.add(known.name);
      return known.name;
    }
    const base = variableName(marker.kind, 'SECRET');
    const number = (this.#counts.get(base) ?? 0) + 1;
    this.#counts.set(base, number);
    const name = `${base}_${number}`;
    this.#names.set(key, { name, describes: marker.kind === 'other' ? 'secret' : marker.kind.replaceAll('_', ' ') });
    this.#used.add(name);
    return name;
  }
}
