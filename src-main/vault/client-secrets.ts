import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Problem, Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import { MAX_VALUE_BYTES } from './keychain.ts';
import type { Keychain, KeychainTrouble } from './keychain.ts';
import { ensurePrivateFolder, fileProblem, writePrivateFile } from './private-files.ts';
import { NO_TAG, tagOf } from './sealing.ts';
import type { Sealer, SealedRecord } from './sealing.ts';
import { Secret } from './secret.ts';

export const SECRETS_FOLDER = 'secrets';

/** A keychain entry: the secret itself, or, where that is too large, which sealed file holds it. JSON keeps NUL and lone surrogates. */
const entrySchema = z.union([
  z.object({ secret: z.string() }),
  z.object({ file: z.uuid(), tag: z.string().regex(/^[0-9a-f]{32}$/) }),
]);
type Entry = z.infer<typeof entrySchema>;

export type SecretAnswer<T> = { ok: true; value: T } | { ok: false; state: KeychainTrouble; problem: Problem };

/** Client secrets, one keychain entry each, named by environment; for a vault whose data key is at hand. */
export class ClientSecrets {
  readonly #keychain: Keychain;
  readonly #folder: string;
  readonly #sealer: Sealer;

  constructor(keychain: Keychain, dataFolder: string, sealer: Sealer) {
    this.#keychain = keychain;
    this.#folder = join(dataFolder, SECRETS_FOLDER);
    this.#sealer = sealer;
  }

  /** `null` where nothing is stored, as far as the keychain says; a locked one says that too. */
  async get(environmentId: string): Promise<SecretAnswer<Secret | null>> {
    const entry = await this.#entry(environmentId);
    if (!entry.ok || entry.value === null) return entry as SecretAnswer<null>;
    if ('secret' in entry.value) return ok(new Secret(entry.value.secret));
    return this.#readSealed(environmentId, entry.value);
  }

  async set(environmentId: string, value: string): Promise<SecretAnswer<null>> {
    const old = await this.#entry(environmentId);
    let entry: Entry = { secret: value };
    if (encode(entry).length > MAX_VALUE_BYTES) {
      const sealed = this.#writeSealed(environmentId, value);
      if (!sealed.ok) return { ok: false, state: 'failed', problem: sealed.problem };
      entry = sealed.value;
    }
    const written = await this.#keychain.set(this.#account(environmentId), encode(entry));
    const taken = written.outcome === 'available';
    // The file that no entry points at now: the old one, or the new one if its entry was not taken.
    this.#drop(taken ? old.ok && old.value : entry);
    return taken ? ok(null) : { ok: false, state: written.outcome, problem: written.problem };
  }

  /** A locked keychain deletes nothing and does not say so: the caller checks that it was open. */
  async delete(environmentId: string): Promise<SecretAnswer<null>> {
    const old = await this.#entry(environmentId);
    const deleted = await this.#keychain.delete(this.#account(environmentId));
    if (deleted.outcome !== 'available') return { ok: false, state: deleted.outcome, problem: deleted.problem };
    this.#drop(old.ok && old.value);
    return ok(null);
  }

  #drop(entry: Entry | null | false): void {
    if (entry && 'file' in entry) rmSync(this.#path(entry.file), { force: true });
  }

  async #entry(environmentId: string): Promise<SecretAnswer<Entry | null>> {
    const answer = await this.#keychain.get(this.#account(environmentId));
    if (answer.outcome !== 'available') return { ok: false, state: answer.outcome, problem: answer.problem };
    if (answer.value === null) return ok(null);
    const entry = entrySchema.safeParse(decode(answer.value));
    return entry.success ? ok(entry.data) : { ok: false, state: 'failed', problem: notOurs };
  }

  #writeSealed(environmentId: string, value: string): Result<Entry> {
    const file = randomUUID();
    try {
      ensurePrivateFolder(this.#folder);
      const sealed = this.#sealer.seal(recordOf(environmentId), encode({ secret: value }));
      writePrivateFile(this.#path(file), sealed);
      return ok({ file, tag: Buffer.from(tagOf(sealed)).toString('hex') });
    } catch (error) {
      return fail(fileProblem('secret-not-written', 'The client secret could not be saved.', error));
    }
  }

  #readSealed(environmentId: string, entry: { file: string; tag: string }): SecretAnswer<Secret> {
    let sealed: Uint8Array;
    try {
      sealed = readFileSync(this.#path(entry.file));
    } catch (error) {
      return { ok: false, state: 'failed', problem: fileProblem('secret-unreadable', 'The file of the client secret could not be read.', error) };
    }
    // The tag in the keychain rules out an older file of the same environment put in its place.
    const plain = Buffer.from(tagOf(sealed)).toString('hex') === entry.tag ? this.#sealer.open(recordOf(environmentId), sealed) : null;
    const parsed = plain && entrySchema.safeParse(decode(plain));
    return parsed?.success && 'secret' in parsed.data ? ok(new Secret(parsed.data.secret)) : { ok: false, state: 'failed', problem: altered(entry.file) };
  }

  #account(environmentId: string): string {
    return `client-secret:${this.#sealer.keyId}:${environmentId}`;
  }

  #path(file: string): string {
    return join(this.#folder, `${file}.sealed`);
  }
}

const recordOf = (environmentId: string): SealedRecord => ({ kind: 'client-secret', recordId: environmentId, seq: 0, previousTag: NO_TAG });

const encode = (entry: Entry): Uint8Array => Buffer.from(JSON.stringify(entry));

function decode(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}

const notOurs: Problem = {
  code: 'secret-entry-foreign', message: 'The keychain entry of this client secret is not one that Grantscope wrote.',
  why: 'It was changed by hand or by another program.', next: 'Enter the client secret again.',
};

const altered = (file: string): Problem => ({
  code: 'secret-altered', message: 'The sealed client secret was changed on disk and cannot be read.',
  why: `${SECRETS_FOLDER}/${file}.sealed does not fit its keychain entry.`, next: 'Enter the client secret again.',
});
