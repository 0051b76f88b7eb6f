/**
 * Markers: what stands in the place of a secret in everything that leaves the main process unasked.
 *
 * A marker is `U+E0F0 kind : length : fingerprint U+E0F1`. The fingerprint is a truncated HMAC under a key that stays
 * in main and is scoped by kind: equal secrets of one kind have equal markers, and nothing can be computed from one.
 */
export const MARKER_OPEN = '\ue0f0';
export const MARKER_CLOSE = '\ue0f1';

export const SECRET_KINDS = [
  'authorization_code', 'code_verifier', 'client_secret', 'client_assertion', 'access_token', 'refresh_token', 'id_token',
  'signature', 'cookie', 'authorization', 'password', 'device_code', 'private_key', 'other',
] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

export interface Marker {
  kind: SecretKind;
  /** Length of the secret in characters. */
  length: number;
  /** 16 hex digits (64 bits). */
  fingerprint: string;
}

const PATTERN = new RegExp(`${MARKER_OPEN}(${SECRET_KINDS.join('|')}):(\\d{1,9}):([0-9a-f]{16})${MARKER_CLOSE}`, 'g');

export function formatMarker(marker: Marker): string {
  return `${MARKER_OPEN}${marker.kind}:${marker.length}:${marker.fingerprint}${MARKER_CLOSE}`;
}

/** A piece of masked text: plain characters, or one marker. */
export type Segment = { text: string } | { marker: Marker };

/** Splits masked text at its markers; joining the pieces again gives the same text. */
export function segmentsOf(masked: string): Segment[] {
  const segments: Segment[] = [];
  let last = 0;
  for (const match of masked.matchAll(PATTERN)) {
    if (match.index > last) segments.push({ text: masked.slice(last, match.index) });
    segments.push({ marker: { kind: match[1] as SecretKind, length: Number(match[2]), fingerprint: match[3] as string } });
    last = match.index + match[0].length;
  }
  if (last < masked.length) segments.push({ text: masked.slice(last) });
  return segments;
}

/** Takes the marker delimiters out of text that came from outside, so that nobody can write a marker into an answer. */
export function withoutMarkerCharacters(text: string): string {
  return text.replaceAll(MARKER_OPEN, '\ufffd').replaceAll(MARKER_CLOSE, '\ufffd');
}

/** For people and screen readers, e.g. "client secret, 43 characters". */
export function describeMarker(marker: Marker): string {
  return `${marker.kind.replaceAll('_', ' ')}, ${marker.length} characters`;
}
