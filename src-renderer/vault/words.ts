import type { VaultStatus } from '../../src-main/contract/commands.ts';

const titles: Record<VaultStatus['state'], string> = {
  available: 'Secrets are kept in memory only',
  locked: 'The keychain is locked',
  absent: 'This system offers no keychain',
  failed: 'The keychain could not be used',
};

/** Where only giving up what was sealed with the lost key helps. */
const lost: ReadonlySet<string> = new Set(['data-key-missing', 'data-key-wrong', 'key-marker-damaged', 'keychain-entry-foreign']);
export const canReset = (status: VaultStatus): boolean => lost.has(status.problem?.code ?? '');

/** What the keychain's state means for the person: the reason as far as it is known, and what happens to secrets meanwhile. */
export function vaultWords(status: VaultStatus): { title: string; text: string } {
  const { problem, memory, state } = status;
  const meanwhile = memory
    ? 'Until then secrets and runs are kept in memory only and are gone when Grantscope closes. Nothing is written in the clear.'
    : 'Until then no secret can be stored or read.';
  return { title: titles[state], text: [problem?.why ?? problem?.message, problem?.next, meanwhile].filter(Boolean).join(' ') };
}
