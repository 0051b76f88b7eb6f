/** A vault in a process of its own: one JSON array `[name, ...arguments]` a line in, one `{ value }` or `{ thrown }` a line out. */
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Keychain, Vault } from '../../../src-main/vault/index.ts';
import { exitNow, openVault, systemKeychain } from '../../../src-main/vault/index.ts';

let keychain: Keychain;
let vault: Vault;

const calls: Record<string, (...args: never[]) => unknown> = {
  open: async (folder: string, deadline: number | null) => {
    keychain = systemKeychain(deadline === null ? {} : { deadline });
    vault = await openVault({ keychain, folder });
    return vault.status();
  },
  status: () => vault.status(),
  keyId: () => vault.sealer().keyId,
  retry: () => vault.retry(),
  reset: () => vault.reset(),
  setSecret: (id: string, value: string) => vault.setSecret(id, value),
  getSecret: async (id: string) => {
    const secret = await vault.getSecret(id);
    return secret.ok ? { ok: true, value: secret.value?.expose() ?? null } : secret;
  },
  deleteSecret: (id: string) => vault.deleteSecret(id),
  secretState: (id: string) => vault.secretState(id),
  deleteEntry: (account: string) => keychain.delete(account),
  setEntry: (account: string, hex: string) => keychain.set(account, Buffer.from(hex, 'hex')),
  /** Asks ten things of the keychain at once and reads a file meanwhile. */
  readWhileAsking: async () => {
    const asked = Promise.all(Array.from({ length: 10 }, (_, index) => keychain.get(`nothing-${index}`)));
    const started = performance.now();
    const bytes = (await readFile(import.meta.filename)).length;
    const read = performance.now() - started;
    return { bytes, read, outcomes: (await asked).map((answer) => answer.outcome) };
  },
  exit: () => exitNow(vault, 0),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...args] = JSON.parse(line) as [string, ...never[]];
  let reply: unknown;
  try {
    reply = { value: (await calls[name]?.(...args)) ?? null };
  } catch (error) {
    reply = { thrown: String(error) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
