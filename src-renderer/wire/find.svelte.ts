import { getContext, setContext } from 'svelte';

/** A part of a message of which only the rows that can be seen are on the page; it is searched by what it holds, not by what is shown. */
export interface FindBlock {
  /** The row of each occurrence, in order. `query` is in lower case and not empty. */
  hits(query: string): number[];
  /** Brings a row on the page and into view; it then has `data-row` with its number. */
  reveal(row: number): void;
}

/** Where the query occurs: characters on the page, or a row of a block (the `nth` occurrence in that row). */
export type Hit = { range: Range } | { block: HTMLElement; row: number; nth: number };

/** Search inside the inspector. The query stays while it is closed. */
export class Finder {
  open = $state(false);
  query = $state('');
  readonly blocks = new Map<Element, FindBlock>();

  /** Attachment: the element is searched by its block. */
  block(block: FindBlock) {
    return (node: Element) => {
      this.blocks.set(node, block);
      return () => void this.blocks.delete(node);
    };
  }
}

const key = Symbol('finder');
export function provideFinder(): Finder {
  return setContext(key, new Finder());
}
/** The search that is around; one that nobody sees where there is none. */
export function useFinder(): Finder {
  return getContext<Finder | undefined>(key) ?? new Finder();
}

/** Lower case of the same length, so that positions in it are positions in the text. */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : [...text].map((character) => (character.toLowerCase().length === character.length ? character.toLowerCase() : character)).join('');
}

/** Masked secrets as spaces: what they stand for is not searched, and positions stay. */
export function withoutMarkers(text: string): string {
  return text.includes('\ue0f0') ? text.replace(/\ue0f0[^\ue0f1]*\ue0f1/g, (marker) => ' '.repeat(marker.length)) : text;
}

/** Positions at which a text holds a query, both in lower case; none overlaps another. */
export function positionsOf(text: string, query: string, limit = Infinity): number[] {
  const positions: number[] = [];
  for (let at = text.indexOf(query); at !== -1 && positions.length < limit; at = text.indexOf(query, at + query.length)) positions.push(at);
  return positions;
}
