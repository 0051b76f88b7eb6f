import { describeMarker, segmentsOf } from '../../src-main/contract/marker.ts';

/** Markers as words, for a sentence in which no chip can stand. */
export function inPlainWords(masked: string): string {
  return segmentsOf(masked).map((segment) => ('text' in segment ? segment.text : `[${describeMarker(segment.marker)}]`)).join('');
}
