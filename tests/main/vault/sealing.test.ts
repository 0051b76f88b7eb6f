import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SealedRecord } from '../../../src-main/vault/index.ts';
import { NO_TAG, Sealer, tagOf } from '../../../src-main/vault/index.ts';

const key = randomBytes(32);
const sealer = new Sealer(randomUUID(), key);
const record = (more: Partial<SealedRecord> = {}): SealedRecord => ({ kind: 'run-event', recordId: 'run-1', seq: 3, previousTag: new Uint8Array(16), ...more });
const text = Buffer.from('what was sealed');

describe('Sealer', () => {
  it('opens nothing that was sealed as another record', () => {
    const sealed = sealer.seal(record(), text);
    const others: Partial<SealedRecord>[] = [
      { kind: 'run-summary' }, { kind: 'client-secret' }, { recordId: 'run-2' }, { seq: 2 }, { seq: 4 }, { previousTag: NO_TAG }, { previousTag: randomBytes(16) },
    ];
    for (const other of others) expect(sealer.open(record(other), sealed)).toBeNull();
    expect(new Sealer(sealer.keyId, randomBytes(32)).open(record(), sealed)).toBeNull();
  });

  it('attack 44: opens nothing with any byte flipped or any tail cut off', () => {
    const sealed = sealer.seal(record(), text);
    for (let at = 0; at < sealed.length; at += 1) {
      const flipped = Uint8Array.from(sealed);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(sealer.open(record(), flipped)).toBeNull();
      expect(sealer.open(record(), sealed.subarray(0, at))).toBeNull();
    }
    expect(sealer.open(record(), sealed)).toEqual(text);
  });

  it('gives back any bytes, and never the same sealed form twice', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), fc.nat(), (bytes, recordId, seq) => {
      const one = record({ recordId, seq });
      const sealed = sealer.seal(one, bytes);
      expect(Buffer.from(sealer.open(one, sealed) ?? []).equals(bytes)).toBe(true);
      expect(tagOf(sealed)).toHaveLength(16);
      expect(Buffer.from(sealer.seal(one, bytes)).equals(sealed)).toBe(false);
    }));
  });

  it('opens whatever it is given without throwing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(sealer.open(record(), bytes)).toBeNull();
    }));
  });

  it('keeps derived keys apart by purpose, the same for the same data key', () => {
    expect(sealer.derive('fingerprint')).toEqual(new Sealer('other-id', key).derive('fingerprint'));
    expect(sealer.derive('fingerprint')).not.toEqual(sealer.derive('check'));
    expect(() => new Sealer('id', randomBytes(16))).toThrow(RangeError);
  });
});
