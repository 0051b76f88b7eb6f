import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const FORMAT = 1;
const NONCE = 12;
const TAG = 16;
const HEAD = 1 + NONCE + TAG;
const KEPT_SUBKEYS = 64;

/** What a sealed value is: all of it is authenticated, none of it is in the sealed bytes. */
export interface SealedRecord {
  kind: 'run-event' | 'run-summary' | 'client-secret' | 'private-key' | 'ledger-entry';
  /** The Run or environment it belongs to; each has its own subkey. */
  recordId: string;
  seq: number;
  /** Tag of the record before it; empty for the first. */
  previousTag: Uint8Array;
}

export const NO_TAG = new Uint8Array(0);

/** The authentication tag of sealed bytes: 16 bytes that stand for this record in the next one. */
export function tagOf(sealed: Uint8Array): Uint8Array {
  return sealed.slice(1 + NONCE, HEAD);
}

/**
 * Seals and opens bytes under one data key: AES-256-GCM with a random nonce and a subkey per record id (HKDF-SHA-256, RFC 5869),
 * which keeps every key far from the limit of random nonces (NIST SP 800-38D §8.3).
 *
 * Sealed form: format (1 byte), nonce (12), tag (16), ciphertext.
 */
export class Sealer {
  /** Names the data key; not secret. */
  readonly keyId: string;
  readonly #dataKey: Uint8Array;
  readonly #subkeys = new Map<string, Buffer>();

  /** @param dataKey 32 bytes */
  constructor(keyId: string, dataKey: Uint8Array) {
    if (dataKey.length !== 32) throw new RangeError('A data key has 32 bytes');
    this.keyId = keyId;
    this.#dataKey = dataKey;
  }

  seal(record: SealedRecord, plaintext: Uint8Array): Uint8Array {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#subkey(record.recordId), nonce);
    cipher.setAAD(associatedData(record));
    const text = [cipher.update(plaintext), cipher.final()];
    return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ...text]);
  }

  /** The plaintext, or `null` where these bytes are not this record sealed under this key. */
  open(record: SealedRecord, sealed: Uint8Array): Uint8Array | null {
    if (sealed.length < HEAD || sealed[0] !== FORMAT) return null;
    const decipher = createDecipheriv('aes-256-gcm', this.#subkey(record.recordId), sealed.subarray(1, 1 + NONCE), { authTagLength: TAG });
    decipher.setAAD(associatedData(record));
    decipher.setAuthTag(sealed.subarray(1 + NONCE, HEAD));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(HEAD)), decipher.final()]);
    } catch {
      return null;
    }
  }

  /** 32 bytes for another use than sealing, e.g. fingerprints. */
  derive(purpose: string): Uint8Array {
    return Buffer.from(hkdfSync('sha256', this.#dataKey, '', `grantscope/${purpose}`, 32));
  }

  #subkey(recordId: string): Buffer {
    const known = this.#subkeys.get(recordId);
    if (known) return known;
    const subkey = Buffer.from(hkdfSync('sha256', this.#dataKey, recordId, 'grantscope/seal/v1', 32));
    const oldest = this.#subkeys.size >= KEPT_SUBKEYS ? this.#subkeys.keys().next().value : undefined;
    if (oldest !== undefined) this.#subkeys.delete(oldest);
    this.#subkeys.set(recordId, subkey);
    return subkey;
  }
}

function associatedData({ kind, recordId, seq, previousTag }: SealedRecord): Buffer {
  return Buffer.from(JSON.stringify(['grantscope', FORMAT, kind, recordId, seq, Buffer.from(previousTag).toString('hex')]));
}
