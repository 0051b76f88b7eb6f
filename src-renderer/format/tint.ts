import type { Marker } from '../../src-main/contract/marker.ts';

/** The class of a secret's colour: equal fingerprints have equal ones. */
export function tintOf(marker: Marker): string {
  return `tint-${Number.parseInt(marker.fingerprint.slice(0, 8), 16) % 8}`;
}
