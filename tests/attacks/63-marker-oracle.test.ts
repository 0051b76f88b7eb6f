import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Marker, SecretKind } from '../../src-main/contract/index.ts';
import { segmentsOf } from '../../src-main/contract/index.ts';
import { SecretBook } from '../../src-main/wire/secrets/index.ts';
import { event } from '../main/wire/secrets/events.ts';

function markerOf(book: SecretBook, kind: SecretKind, value: string): Marker {
  book.add(kind, value);
  const masked = book.maskEvent(event({ type: 'step-ended', step: 's', outcome: 'failed', problem: { code: 'x', message: value } }));
  const marker = segmentsOf(JSON.stringify(masked)).flatMap((segment) => ('marker' in segment ? [segment.marker] : []))[0];
  if (!marker) throw new Error('not masked');
  return marker;
}

const secret = 'hunter2-hunter2';

describe('attack 63: marker oracle', () => {
  it('a key that could be guessed is refused', () => {
    expect(() => new SecretBook(new Uint8Array(8))).toThrow(TypeError);
  });

  it('fingerprints are 64 bits of an HMAC under the key, and say nothing without it', () => {
    const key = randomBytes(32);
    const marker = markerOf(new SecretBook(key), 'client_secret', secret);
    expect(marker.fingerprint).toBe(createHmac('sha256', key).update(`client_secret\0${secret}`).digest('hex').slice(0, 16));
    expect(marker.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(markerOf(new SecretBook(randomBytes(32)), 'client_secret', secret).fingerprint).not.toBe(marker.fingerprint);
    for (const hash of [createHmac('sha256', '').update(secret), createHmac('sha256', secret).update('')]) expect(hash.digest('hex')).not.toContain(marker.fingerprint);
  });

  it('a guess put in as a value of another kind has another fingerprint', () => {
    const key = randomBytes(32);
    const fingerprints = (['client_secret', 'password', 'other', 'access_token', 'cookie'] as const).map((kind) => markerOf(new SecretBook(key), kind, secret).fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  it('a marker opens only in the book of the run that gave it', () => {
    const key = randomBytes(32);
    const marker = markerOf(new SecretBook(key), 'client_secret', secret);
    expect(new SecretBook(key).reveal(marker)).toBeUndefined();
  });

  it('the key is in nothing the book shows', () => {
    const key = randomBytes(32);
    const book = new SecretBook(key);
    markerOf(book, 'client_secret', secret);
    expect(JSON.stringify(book)).toBe('{}');
    expect(JSON.stringify(book.secrets())).not.toContain(key.toString('hex'));
  });
});
