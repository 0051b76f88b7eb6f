import type { SecretKind } from '../../contract/index.ts';
import { MARKER_CLOSE, MARKER_OPEN, secretKindOf } from '../../contract/index.ts';

const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;
const FORGED = new RegExp(`[${MARKER_OPEN}${MARKER_CLOSE}]|\\\\ue0f[01]`, 'i');

/**
 * Where the signature of a signed JWT begins, if its header and claims may be shown.
 *
 * Claims that hold a secret of their own (a JARM answer holds the code) or characters of a marker are not shown; neither is
 * anything that is no JWT of three parts, an encrypted one (five parts) above all.
 *
 * @returns offset of the first character of the signature, or `null` where the whole value is the secret
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-7.1
 */
export function signatureStart(kind: SecretKind, value: string): number | null {
  if (!value.startsWith('ey') || !COMPACT.test(value)) return null;
  const [header = '', claims = ''] = value.split('.');
  const read = [objectOf(header), objectOf(claims)];
  if (read.includes(null) || typeof (read[0] as Record<string, unknown>)['alg'] !== 'string') return null;
  if (holdsSecret(read[1], 0)) return null;
  // Unsigned, a token is all claims: whoever reads them can write it. An ID token is no credential for a resource; the others are.
  if (value.endsWith('.') && kind !== 'id_token') return null;
  return header.length + claims.length + 2;
}

/** The claims of a JWT as JSON text, for what they may hold. */
export function claimsText(value: string): string | null {
  const claims = COMPACT.test(value) ? value.split('.')[1] : undefined;
  return claims === undefined ? null : Buffer.from(claims, 'base64url').toString('utf8');
}

function objectOf(part: string): Record<string, unknown> | null {
  const text = Buffer.from(part, 'base64url').toString('utf8');
  if (FORGED.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function holdsSecret(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > 20) return true;
  return Object.entries(value).some(([name, member]) => (typeof member === 'string' && secretKindOf(name) !== undefined) || holdsSecret(member, depth + 1));
}
