/**
 * practice/: the built-in practice provider, a real OpenID Provider (oidc-provider) for people who have none at hand.
 *
 * For the composition roots, which hold it in a process of its own (`host.ts`, Electron) or in theirs (the command line).
 * Listens on 127.0.0.1 only, knows two invented people and two clients, forgets everything at its end. Refuses requests made to another
 * host name, from foreign pages, and redirects to anything but this machine.
 */
export { PRACTICE_PORT, startPracticeProvider } from './provider.ts';
export { InProcessPractice } from './in-process.ts';
export type { PracticeInfo, PracticeOptions, PracticeProvider } from './provider.ts';
export { practiceAccounts } from './accounts.ts';
export type { PracticeAccount } from './accounts.ts';
