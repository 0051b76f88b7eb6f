import type { Bridge, VaultStatus } from '../../src-main/contract/commands.ts';

/** How the keychain stands. `null` until main has said. */
export class Vault {
  #status = $state.raw<VaultStatus | null>(null);

  constructor(bridge: Bridge) {
    bridge.on('vault-changed', ({ vault }) => this.set(vault));
  }

  get status(): VaultStatus | null { return this.#status; }
  set(status: VaultStatus): void { this.#status = status; }
}
