import type { Marker, SecretKind } from '../../../src-main/contract/marker.ts';
import { formatMarker } from '../../../src-main/contract/marker.ts';

/** A marker as main would make it; equal names give equal markers. */
export function mask(kind: SecretKind, name: string, length = 43): string {
  return formatMarker(markerOf(kind, name, length));
}

export function markerOf(kind: SecretKind, name: string, length = 43): Marker {
  let hash = 0xcbf29ce484222325n;
  for (const letter of `${kind}:${name}`) hash = ((hash ^ BigInt(letter.charCodeAt(0))) * 0x100000001b3n) & 0xffffffffffffffffn;
  return { kind, length, fingerprint: hash.toString(16).padStart(16, '0') };
}

const part = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** A JWT as the window sees it: readable, its signature masked. */
export function maskedJwt(claims: Record<string, unknown>, header: Record<string, unknown> = { alg: 'RS256', typ: 'JWT', kid: 'keystore-CHANGE-ME' }): string {
  return `${part(header)}.${part(claims)}.${mask('signature', JSON.stringify(claims), 342)}`;
}
