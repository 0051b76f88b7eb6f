import type { Spelling } from './spellings.ts';
import { EVERYWHERE_FROM } from './spellings.ts';

export interface Hit<T> { start: number; end: number; owner: T }

/** More hits in one text than any message has that is not made to have them. */
const OVERLAPPING_HITS = 2000;

const slot = (text: string, at: number): number => (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1) * 257 + text.charCodeAt(at + 2)) & 0xffff;

interface Candidate<T> { spelling: Spelling; owner: T }

/** The strings of one length that begin with the same six characters; `lasts` are the characters they end with. */
interface SameLength<T> { length: number; lasts: Set<number>; byText: Map<string, Candidate<T>> }

/**
 * Finds any of many strings in one pass: three characters choose a slot, six the candidates, their length and text the one. Strings
 * are added as they become known; nothing is rebuilt. Thousands that begin alike, as JWTs do, cost no more than a few.
 */
export class Matcher<T> {
  readonly #slots = new Uint8Array(0x10000);
  /** By prefix, the longest first. */
  readonly #candidates = new Map<string, SameLength<T>[]>();

  add(spelling: Spelling, owner: T): void {
    const { text } = spelling;
    if (text.length < EVERYWHERE_FROM) return;
    const prefix = text.slice(0, EVERYWHERE_FROM);
    const groups = this.#candidates.get(prefix) ?? [];
    let group = groups.find(({ length }) => length === text.length);
    if (!group) {
      group = { length: text.length, lasts: new Set(), byText: new Map() };
      groups.push(group);
      groups.sort((a, b) => b.length - a.length);
      this.#candidates.set(prefix, groups);
    }
    if (group.byText.has(text)) return;
    group.byText.set(text, { spelling, owner });
    group.lasts.add(text.charCodeAt(text.length - 1));
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
      const hit = this.#beginningAt(text, at);
      if (!hit) continue;
      const { spelling: { text: { length }, shown, widen }, owner } = hit;
      const [start, end] = [at + shown, at + length];
      if (hits.length > OVERLAPPING_HITS) at = end - 1;
      hits.push(widen ? { start: widened(text, start - 1) ? start - 1 : start, end: widened(text, end) ? end + 1 : end, owner } : { start, end, owner });
    }
    return hits;
  }

  #beginningAt(text: string, at: number): Candidate<T> | undefined {
    for (const { length, lasts, byText } of this.#candidates.get(text.slice(at, at + EVERYWHERE_FROM)) ?? []) {
      if (at + length > text.length || !lasts.has(text.charCodeAt(at + length - 1))) continue;
      const found = byText.get(text.slice(at, at + length));
      if (found) return found;
    }
    return undefined;
  }
}

const widened = (text: string, at: number): boolean => at >= 0 && /[A-Za-z0-9+/_-]/.test(text[at] ?? '');
