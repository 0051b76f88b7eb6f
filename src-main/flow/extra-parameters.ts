import type { ClientAuth } from 'oauth4webapi';
import type { ExtraParameter } from '../contract/index.ts';

export type Pairs = [string, string][];

/**
 * Puts the parameters a person typed over ours: one with the name of ours replaces it in its place, several of one name are all sent, and an
 * empty value is sent empty. People send what a well-behaved client would not, on purpose.
 */
export function withExtras(ours: Pairs, extras: readonly ExtraParameter[]): Pairs {
  const names = new Set(extras.map(({ name }) => name));
  const first = new Map<string, Pairs>();
  for (const { name, value } of extras) first.set(name, [...(first.get(name) ?? []), [name, value]]);
  const placed = new Set<string>();
  const pairs = ours.flatMap(([name, value]): Pairs => {
    if (!names.has(name)) return [[name, value]];
    if (placed.has(name)) return [];
    placed.add(name);
    return first.get(name) ?? [];
  });
  return [...pairs, ...extras.filter(({ name }) => !placed.has(name)).map(({ name, value }): [string, string] => [name, value])];
}

/** Client authentication after which the extras replace whatever stands in the body, `grant_type` and `client_id` included. */
export function authenticatedWithExtras(authentication: ClientAuth, extras: readonly ExtraParameter[]): ClientAuth {
  return async (server, client, body, headers) => {
    await authentication(server, client, body, headers);
    const replaced = withExtras([...body], extras);
    for (const name of new Set([...body.keys()])) body.delete(name);
    for (const [name, value] of replaced) body.append(name, value);
  };
}
