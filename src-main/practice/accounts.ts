import type { Account, FindAccount } from 'oidc-provider';

/** A person who exists only inside the practice provider. Addresses are in example.com, which nobody can own (RFC 2606 §3). */
export interface PracticeAccount {
  id: string;
  name: string;
  claims: Readonly<Record<string, string | boolean | number>>;
}

const account = (id: string, given: string, family: string): PracticeAccount => ({
  id,
  name: `${given} ${family}`,
  claims: {
    name: `${given} ${family}`, given_name: given, family_name: family, preferred_username: id, locale: 'en-GB', updated_at: 1_700_000_000,
    email: `${id}@example.com`, email_verified: true,
  },
});

export const practiceAccounts: readonly PracticeAccount[] = [account('ada', 'Ada', 'Lovelace'), account('grace', 'Grace', 'Hopper')];

export function accountOf(id: string | undefined): PracticeAccount | undefined {
  return practiceAccounts.find((candidate) => candidate.id === id);
}

/** Scope to claims, as OIDC Core §5.4 has them for the two scopes the accounts have something to say about. */
export const claimsOfScopes = {
  profile: ['name', 'given_name', 'family_name', 'preferred_username', 'locale', 'updated_at'],
  email: ['email', 'email_verified'],
};

export const findAccount: FindAccount = (_context, id): Account | undefined => {
  const found = accountOf(id);
  return found && { accountId: found.id, claims: () => ({ sub: found.id, ...found.claims }) };
};
