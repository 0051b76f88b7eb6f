import type { Column } from './input.ts';

/** What the rules may know of the whole comparison. */
export interface Scene {
  columns: readonly Column[];
  /** All columns are of one environment: nothing of the set-up is expected to differ then. */
  sameEnvironment: boolean;
  /** All columns ask one authorization server, however many environments they are of. */
  sameProvider: boolean;
  /** All columns that know their client have the same one. */
  sameClient: boolean;
  /** All ID tokens are about one person. */
  samePerson: boolean;
  /** A column was refused. */
  refused: boolean;
}

export function sceneOf(columns: readonly Column[], subjects: readonly (string | undefined)[]): Scene {
  const environments = columns.map(({ environment }) => environment?.id);
  const issuers = columns.map(issuerOf);
  const clients = columns.flatMap(({ client }) => (client === null ? [] : [client.id]));
  const people = subjects.filter((subject) => subject !== undefined);
  return {
    columns,
    sameEnvironment: environments.every((id) => id !== undefined && id === environments[0]),
    sameProvider: issuers.every((issuer) => issuer !== undefined && issuer === issuers[0]),
    sameClient: new Set(clients).size <= 1,
    samePerson: new Set(people).size <= 1,
    refused: columns.some(({ outcome }) => outcome === 'refused' || outcome === 'failed'),
  };
}

/** The issuer as metadata or configuration state it. */
export function issuerOf({ metadata, environment }: Pick<Column, 'metadata' | 'environment'>): string | undefined {
  const stated = metadata !== null && Object.hasOwn(metadata, 'issuer') ? metadata['issuer'] : undefined;
  if (typeof stated === 'string') return stated;
  const provider = environment?.provider;
  return provider?.kind === 'discovery' ? provider.issuer : provider?.kind === 'manual' ? provider.endpoints.issuer : undefined;
}
