import { createPrivateKey, randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import { z } from 'zod';
import type { KeyChange, KeySource, KeyStatus, KeyUse, KeyView, Problem, Result, SecretState, SigningAlgorithm } from '../../contract/index.ts';
import { fail, keyUseSchema, ok, signingAlgorithmSchema } from '../../contract/index.ts';
import type { ClientKey } from '../client-key.ts';
import type { ClientCertificate, StoredKey } from './client-keys.ts';
import { prepareKey, viewOfKey } from './client-keys.ts';

/** Where private keys are sealed; the composition root gives the vault's. */
export interface KeyKeeper {
  get(environmentId: string, use: KeyUse): Result<{ expose(): string } | null>;
  set(environmentId: string, use: KeyUse, value: string): Result<null>;
  delete(environmentId: string, use: KeyUse): Result<null>;
  state(environmentId: string, use: KeyUse): SecretState;
}

const storedSchema = z.object({ privateKey: z.string(), alg: signingAlgorithmSchema, kid: z.string(), certificate: z.string().optional() });

/** Prepared keys wait in memory for their environment to be saved; a form that is discarded leaves one behind. */
const WAITING = 16;

/** The private keys of environments: prepared for the form, kept when it is saved, handed to the steps that sign or connect with them. */
export class EnvironmentKeys {
  readonly #keeper: KeyKeeper;
  readonly #prepared = new Map<string, { use: KeyUse; stored: StoredKey }>();

  constructor(keeper: KeyKeeper) {
    this.#keeper = keeper;
  }

  /** Makes or imports a key without keeping it yet. Only its public side is told. */
  async prepare(source: KeySource): Promise<Result<{ prepared: string; view: KeyView }>> {
    const made = await prepareKey(source);
    if (!made.ok) return made;
    const prepared = randomUUID();
    const oldest = this.#prepared.size >= WAITING ? this.#prepared.keys().next().value : undefined;
    if (oldest !== undefined) this.#prepared.delete(oldest);
    this.#prepared.set(prepared, { use: source.use, stored: made.value });
    return ok({ prepared, view: await viewOfKey(source.use, made.value) });
  }

  /** Keeps or removes keys, for an environment that is being saved. */
  apply(environmentId: string, changes: readonly KeyChange[]): Result<null> {
    for (const change of changes) {
      const done = change.action === 'clear' ? this.#keeper.delete(environmentId, change.use) : this.#keep(environmentId, change);
      if (!done.ok) return done;
    }
    return ok(null);
  }

  copy(fromId: string, toId: string): void {
    for (const use of keyUseSchema.options) {
      const kept = this.#keeper.get(fromId, use);
      if (kept.ok && kept.value) this.#keeper.set(toId, use, kept.value.expose());
    }
  }

  /** How each key stands, with the public side of those that can be read. */
  async list(environmentId: string): Promise<KeyStatus[]> {
    const statuses: KeyStatus[] = [];
    for (const use of keyUseSchema.options) {
      const stored = this.#read(environmentId, use);
      const state = this.#keeper.state(environmentId, use);
      // Kept, and yet no key: written by another version, or damaged.
      const damaged = !stored.ok && state !== 'locked';
      statuses.push({ use, state: damaged ? 'failed' : state, view: stored.ok && stored.value ? await viewOfKey(use, stored.value) : null });
    }
    return statuses;
  }

  clientKey(environmentId: string): Result<ClientKey | null> {
    const stored = this.#read(environmentId, 'signing');
    return stored.ok ? ok(stored.value && clientKeyOf(stored.value)) : stored;
  }

  /** @param certificate of the configuration; the one kept with the key where there is none */
  certificate(environmentId: string, certificate: string | undefined): Result<ClientCertificate | null> {
    const stored = this.#read(environmentId, 'certificate');
    if (!stored.ok) return stored;
    const cert = certificate ?? stored.value?.certificate;
    return ok(stored.value && cert !== undefined ? { cert, key: stored.value.privateKey } : null);
  }

  /** The kept key for DPoP, made where there is none yet. */
  async proofKey(environmentId: string, alg: SigningAlgorithm): Promise<Result<ClientKey>> {
    const stored = this.#read(environmentId, 'dpop');
    if (!stored.ok) return stored;
    if (stored.value) return ok(clientKeyOf(stored.value));
    const made = await prepareKey({ source: 'generate', use: 'dpop', alg });
    if (!made.ok) return made;
    const kept = this.#keeper.set(environmentId, 'dpop', JSON.stringify(made.value));
    return kept.ok ? ok(clientKeyOf(made.value)) : kept;
  }

  #keep(environmentId: string, { prepared, use }: Extract<KeyChange, { action: 'set' }>): Result<null> {
    const waiting = this.#prepared.get(prepared);
    if (waiting?.use !== use) return fail(forgotten);
    const kept = this.#keeper.set(environmentId, use, JSON.stringify(waiting.stored));
    if (kept.ok) this.#prepared.delete(prepared);
    return kept;
  }

  #read(environmentId: string, use: KeyUse): Result<StoredKey | null> {
    const kept = this.#keeper.get(environmentId, use);
    if (!kept.ok) return kept;
    return kept.value === null ? ok(null) : parsed(kept.value.expose());
  }
}

function parsed(text: string): Result<StoredKey> {
  try {
    const { certificate, ...stored } = storedSchema.parse(JSON.parse(text));
    return ok({ ...stored, ...(certificate !== undefined && { certificate }) });
  } catch {
    return fail({ code: 'key-unreadable', message: 'The stored private key cannot be read.', next: 'Generate or import it again.', field: 'clientAuth.key' });
  }
}

function clientKeyOf({ privateKey, alg, kid }: StoredKey): ClientKey {
  return { jwk: createPrivateKey(privateKey).export({ format: 'jwk' }) as JWK, alg, kid };
}

const forgotten: Problem = {
  code: 'key-forgotten', message: 'The new key is no longer at hand.', why: 'It was made too long ago, or the app was restarted.',
  next: 'Generate or import it again.', field: 'clientAuth.key',
};
