import type { Environment, EnvironmentImportEntry } from '../contract/index.ts';

type Change = EnvironmentImportEntry['changes'][number];

/** How environments from a file stand to those that are here: by id, then by name. Changes nothing. */
export function compareEnvironments(file: readonly Environment[], here: readonly Environment[]): { entry: EnvironmentImportEntry; existing: Environment | null }[] {
  return file.map((environment, index) => {
    const existing = here.find(({ id }) => id === environment.id) ?? here.find(({ name }) => name === environment.name) ?? null;
    const changes = existing === null ? [] : changesBetween(existing, environment);
    return {
      existing,
      entry: { index, name: environment.name, state: existing === null ? 'new' : changes.length === 0 ? 'same' : 'conflict', existing: existing?.name ?? null, changes },
    };
  });
}

/** The members that differ, by path; lists are compared whole. The id is no member that a person sets. */
export function changesBetween(here: Environment, file: Environment): Change[] {
  const [a, b] = [membersOf({ ...here, id: '' }), membersOf({ ...file, id: '' })];
  return [...new Set([...a.keys(), ...b.keys()])].toSorted()
    .flatMap((path): Change[] => (a.get(path) === b.get(path) ? [] : [{ path, here: a.get(path) ?? null, file: b.get(path) ?? null }]));
}

function membersOf(value: unknown, path = '', members = new Map<string, string>()): Map<string, string> {
  if (value === undefined) return members;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return members.set(path, JSON.stringify(value));
  for (const [name, member] of Object.entries(value)) membersOf(member, path === '' ? name : `${path}.${name}`, members);
  return members;
}

/** Whether secrets kept with the environment would go somewhere else once it is replaced. */
export const changesProvider = (here: Environment, file: Environment): boolean => JSON.stringify(providerOf(here)) !== JSON.stringify(providerOf(file));

const providerOf = ({ provider, client }: Environment): unknown => [provider.kind, provider.kind === 'discovery' ? provider.issuer : provider.kind === 'manual' ? provider.endpoints : null, client.id];
