import type { Result } from '../../contract/result.ts';
import { ok } from '../../contract/result.ts';
import type { Keychain } from '../../vault/index.ts';
import { Secret } from '../../vault/index.ts';
import { Vault } from '../../vault/vault.ts';

/** The vault with one client secret of this command put before the stored one. It is never written anywhere. */
export class CommandVault extends Vault {
  #given: { environmentId: string; secret: Secret } | null = null;

  constructor(keychain: Keychain, folder: string, given: { environmentId: string; secret: string } | null) {
    super(keychain, folder);
    this.give(given);
  }

  /** Sets the secret that comes before the stored one; `null` for none. */
  give(given: { environmentId: string; secret: string } | null): void {
    this.#given = given && { environmentId: given.environmentId, secret: new Secret(given.secret) };
  }

  override async getSecret(environmentId: string): Promise<Result<Secret | null>> {
    return this.#given?.environmentId === environmentId ? ok(this.#given.secret) : super.getSecret(environmentId);
  }
}

const none = { outcome: 'absent', problem: { code: 'keychain-not-used', message: 'This command does not use the keychain.' } } as const;

/** For files: the keychain is not asked, everything stays in memory. */
export const noKeychain: Keychain = {
  get: async () => none, set: async () => none, delete: async () => none, retry: () => undefined, stuck: false,
};
