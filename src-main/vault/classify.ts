import type { KeychainTrouble } from './keychain.ts';
import type { Problem } from '../contract/result.ts';

interface Rule { pattern: RegExp; outcome: KeychainTrouble; code: string; message: string; why: string; next: string }

const unlock = 'Unlock the keychain (sign in to the desktop, or open its password manager), then try again.';
const install = 'Start a Secret Service (gnome-keyring, KWallet or KeePassXC) in this session, then try again.';

/** What keytar's rejections say, by platform. Sources: gnome-keyring and GDBus messages seen on Debian 12; SecBase.h for macOS; winerror.h. */
const rules: readonly Rule[] = [
  {
    pattern: /locked collection|is locked|interaction is not allowed/i, outcome: 'locked', code: 'keychain-locked',
    message: 'The keychain is locked.', why: 'The system\'s keychain holds the entries, but does not open without its password.', next: unlock,
  },
  {
    pattern: /Object does not exist at path .*\/collection\//i, outcome: 'locked', code: 'keychain-not-set-up',
    message: 'The keychain has no open keyring.', why: 'No default keyring exists yet, and the question for a password to make one was not answered.',
    next: 'Make a default keyring in the system\'s password manager (Passwords and Keys, KWallet), then try again.',
  },
  {
    pattern: /was not provided by any \.service files|autolaunch D-Bus|Could not connect|Cannot spawn a message bus|ServiceUnknown|Unknown or unsupported transport/i,
    outcome: 'absent', code: 'keychain-absent',
    message: 'This system offers no keychain.', why: 'No Secret Service answers on the session\'s D-Bus.', next: install,
  },
  {
    pattern: /libsecret/i, outcome: 'absent', code: 'keychain-library-missing',
    message: 'This system offers no keychain.', why: 'The system library libsecret-1.so.0 is not installed.',
    next: 'Install libsecret (Debian and Ubuntu: apt install libsecret-1-0, Fedora: dnf install libsecret), then start Grantscope again.',
  },
  {
    pattern: /user cancell?ed|denied|dismissed|not authorized|passphrase you entered is not correct/i, outcome: 'failed', code: 'keychain-denied',
    message: 'Access to the keychain was refused.', why: 'The keychain\'s question was answered with no, or not answered.',
    next: 'Try again and allow Grantscope to use its own entries.',
  },
];

/**
 * Sorts what a keychain call was rejected with. The text itself is kept as the reason of an unknown failure only:
 * keytar puts the operating system's message there, never a value.
 */
export function classify(error: unknown): { outcome: KeychainTrouble; problem: Problem } {
  const text = error instanceof Error ? error.message : String(error);
  const rule = rules.find(({ pattern }) => pattern.test(text));
  if (rule) {
    const { outcome, code, message, why, next } = rule;
    return { outcome, problem: { code, message, why, next } };
  }
  return {
    outcome: 'failed',
    problem: {
      code: 'keychain-failed', message: 'The keychain could not be used.',
      why: `The system said: ${text.slice(0, 200)}`, next: 'Check the system\'s keychain, then try again.',
    },
  };
}
