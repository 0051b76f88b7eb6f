import { describeMarker, segmentsOf } from '../../src-main/contract/marker.ts';

/** Masked text for the clipboard: each secret in words, `[code verifier, 43 characters]`. */
export function plainText(masked: string): string {
  return segmentsOf(masked).map((segment) => ('marker' in segment ? `[${describeMarker(segment.marker)}]` : segment.text)).join('');
}
