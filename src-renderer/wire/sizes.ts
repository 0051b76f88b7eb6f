import type { Bytes } from '../../src-main/contract/exchange.ts';
import { segmentsOf } from '../../src-main/contract/marker.ts';

/** How many bytes stood on the wire: a masked secret counts with its own length. */
export function sizeOf(masked: Bytes): number {
  let size = 0;
  for (const segment of segmentsOf(masked)) size += 'marker' in segment ? segment.marker.length : segment.text.length;
  return size;
}

export function sizeText(masked: Bytes): string {
  const size = sizeOf(masked);
  if (size < 10_000) return `${size.toLocaleString('en')} bytes`;
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
