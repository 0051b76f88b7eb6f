import type { FindBlock, Hit } from './find.svelte.ts';
import { folded, positionsOf } from './find.svelte.ts';

/** Occurrences after which counting stops. */
export const HIT_LIMIT = 10_000;

const UNITS = 'td,th,p,dt,dd,h2,h3,pre,li,.row';
const SKIPPED = '[data-nofind],script,style,.visually-hidden';

/**
 * Every occurrence of a query below an element, in the order of reading; an occurrence may go over several pieces of one cell or paragraph.
 *
 * @param query as typed; case does not matter
 */
export function scan(root: Element, query: string, blocks: ReadonlyMap<Element, FindBlock>): Hit[] {
  const wanted = folded(query);
  const hits: Hit[] = [];
  if (wanted === '') return hits;
  let pieces: Text[] = [];
  let unit: Element | null = null;
  const flush = (): void => {
    if (pieces.length > 0) hits.push(...rangesIn(pieces, wanted, HIT_LIMIT - hits.length).map((range) => ({ range })));
    pieces = [];
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    (node instanceof Element && node.matches(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  for (let node = walker.nextNode(); node && hits.length < HIT_LIMIT;) {
    const block = node instanceof HTMLElement ? blocks.get(node) : undefined;
    if (block) {
      flush();
      hits.push(...rowHits(node as HTMLElement, block.hits(wanted).slice(0, HIT_LIMIT - hits.length)));
      let next: Node | null = walker.nextSibling();
      while (!next && walker.parentNode()) next = walker.nextSibling();
      node = next;
      continue;
    }
    if (node instanceof Text) {
      const around: Element | null = node.parentElement?.closest(UNITS) ?? null;
      if (around !== unit) flush();
      unit = around;
      pieces.push(node);
    }
    node = walker.nextNode();
  }
  flush();
  return hits;
}

function rowHits(block: HTMLElement, rows: readonly number[]): Hit[] {
  let [last, nth] = [-1, 0];
  return rows.map((row) => {
    nth = row === last ? nth + 1 : 0;
    last = row;
    return { block, row, nth };
  });
}

/** Occurrences in the text that the pieces make together. */
export function rangesIn(pieces: readonly Text[], wanted: string, limit: number): Range[] {
  const starts: number[] = [];
  let text = '';
  for (const piece of pieces) {
    starts.push(text.length);
    text += piece.data;
  }
  const place = (position: number, atEnd: boolean): [Text, number] => {
    let index = starts.length - 1;
    while (index > 0 && (starts[index] as number) >= position + (atEnd ? 0 : 1)) index -= 1;
    return [pieces[index] as Text, position - (starts[index] as number)];
  };
  return positionsOf(folded(text), wanted, limit).map((position) => {
    const range = new Range();
    range.setStart(...place(position, false));
    range.setEnd(...place(position + wanted.length, true));
    return range;
  });
}

/** Occurrences in the rows of a block that are on the page. */
export function rangesInRow(row: Element, query: string): Range[] {
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    (node instanceof Element ? (node.matches(`${SKIPPED},button`) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP) : NodeFilter.FILTER_ACCEPT));
  const pieces: Text[] = [];
  while (walker.nextNode()) pieces.push(walker.currentNode as Text);
  return rangesIn(pieces, folded(query), 1000);
}
