import type { Finding, TokenState } from '../../../contract/index.ts';
import { noFinding } from '../bounds.ts';
import { spend } from '../looks.ts';
import type { Measuring } from '../measuring.ts';
import { watchLives } from '../watch.ts';

/** When an access token really ends: asked by introspection, or with it at UserInfo. */
export async function measureAccessToken(m: Measuring): Promise<Finding> {
  const found = await watchLives(m, { question: 'access-token', kind: 'access_token', what: 'the access token to end', fresh: () => freshAccessToken(m) });
  return found ?? noFinding('access-token', m.claimOf('access-token'), 'Neither introspection nor UserInfo says of a fresh access token that it lives, so its end cannot be seen.');
}

async function freshAccessToken(m: Measuring): Promise<TokenState | null> {
  const before = newest(m);
  const refresh = m.livingGrant();
  const spent = refresh ? await spend(m, refresh) : null;
  if (!spent?.alive && !await m.signIn('access-token')) return null;
  const after = newest(m);
  return after !== before ? after : null;
}

function newest(m: Measuring): TokenState | null {
  return m.state.tokens.findLast(({ record }) => record.kind === 'access_token') ?? null;
}
