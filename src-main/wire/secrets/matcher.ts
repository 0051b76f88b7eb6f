import type { Spelling } from './spellings.ts';
import { EVERYWHERE_FROM } from './spellings.ts';

export interface Hit<T> { start: number; end: number; owner: T }

/** More hits in one text than any message has that is not made to have them. */
const OVERLAPPING_HITS = 2000;

const slot = (text: string, at: number): number => (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1) * 257 + text.charCodeAt(at + 2)) & 0xffff;

/**
 * Finds any of many strings in one pass: three characters choose a slot, six the candidates. Strings are added as they become
 * known; nothing is rebuilt.
 */
export class Matcher<T> {
  readonly #slots = new Uint8Array(0x10000);
  readonly #candidates = new Map<string, { spelling: Spelling; owner: T }[]>();

  add(spelling: Spelling, owner: T): void {
    const { text } = spelling;
    if (text.length < EVERYWHERE_FROM) return;
    const prefix = text.slice(0, EVERYWHERE_FROM);
    const list = this.#candidates.get(prefix) ?? [];
    if (list.some((other) => other.spelling.text === text)) return;
    list.push({ spelling, owner });
    list.sort((a, b) => b.spelling.text.length - a.spelling.text.length);
    this.#candidates.set(prefix, list);
    this.#slots[slot(text, 0)] = 1;
  }

  /**
   * Every place where one of the strings begins, the longest of those that begin there. In a text made of repetitions of a
   * string the search goes on behind each hit, so that it stays linear.
   */
  find(text: string): Hit<T>[] {
    const hits: Hit<T>[] = [];
    for (let at = 0; at <= text.length - EVERYWHERE_FROM; at += 1) {
      if (this.#slots[slot(text, at)] === 0) continue;
      const list = this.#candidates.get(text.slice(at, at + EVERYWHERE_FROM));
      const hit = list?.find(({ spelling: { text: wanted } }) => (
        text.charCodeAt(at + wanted.length - 1) === wanted.charCodeAt(wanted.length - 1) && text.startsWith(wanted, at)
      ));
      if (!hit) continue;
      const { spelling: { text: { length }, shown, widen }, owner } = hit;
      const [start, end] = [at + shown, at + length];
      if (hits.length > OVERLAPPING_HITS) at = end - 1;
      hits.push(widen ? { start: widened(text, start - 1) ? start - 1 : start, end: widened(text, end) ? end + 1 : end, owner } : { start, end, owner });
    }
    return hits;
  }
}

const widened = (text: string, at: number): boolean => at >= 0 && /[A-Za-z0-9+/_-]/.test(text[at] ?? '');
