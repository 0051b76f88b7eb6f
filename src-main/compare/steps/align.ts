import type { Column } from '../input.ts';
import { mergedKeys } from '../rows/merged-keys.ts';
import type { Unit } from './units.ts';
import { unitsOf } from './units.ts';

/** One step over all columns; `null` where a column never made it. */
export interface AlignedStep { id: string; kind: string; title: string; units: (Unit | null)[]; /** It is the request, or the answer at the redirect, that failed in some column. */ decisive: boolean }

const titles: Readonly<Record<string, string>> = {
  discovery: 'Discovery', jwks: 'Keys of the provider', par: 'Pushed authorization request', authorize: 'Authorization request', callback: 'Answer at the redirect',
  'token:authorization_code': 'Code for tokens', 'token:refresh_token': 'Refresh', 'token:client_credentials': 'Client credentials',
  'token:urn:ietf:params:oauth:grant-type:device_code': 'Device code for tokens', userinfo: 'UserInfo', introspection: 'Introspection', revocation: 'Revocation',
  device: 'Device authorization', 'end-session': 'Logout', resource: 'API call', other: 'Other request',
};

/**
 * Lays the units of all columns side by side by what they do.
 *
 * Where a column was refused, the refused request stands beside its counterpart of the other columns, and everything of the sign-in it belongs
 * to beside theirs; what came before is aligned in order. So a mistake made in a second sign-in is not compared with a step nobody else made.
 */
export function alignedSteps(columns: readonly Column[]): AlignedStep[] {
  const all = columns.map(({ run }) => (run ? unitsOf(run) : []));
  const mains = all.map(mainAttempt);
  const counted = new Map<string, number>();
  for (const units of all) for (const unit of units) if (unit.refused) counted.set(unit.kind, Math.max(counted.get(unit.kind) ?? 0, sameKind(units, unit, mains[all.indexOf(units)] ?? 0).indexOf(unit)));
  const keyed = all.map((units, column) => keysOf(units, mains[column] ?? 0, counted));
  return mergedKeys(keyed.map((own) => [...own.keys()])).map((id) => {
    const units = keyed.map((own) => own.get(id) ?? null);
    const kind = units.find((unit) => unit !== null)?.kind ?? '';
    return { id, kind, title: titleOf(id, kind), units, decisive: units.some((unit) => unit?.refused === true) && !id.includes('before') };
  });
}

/** The sign-in that was refused last, or the first one that is whole. */
function mainAttempt(units: readonly Unit[]): number {
  const refused = units.findLast((unit) => unit.refused);
  if (refused) return refused.attempt;
  return units.find(({ kind, outcome }) => kind.startsWith('token:') && outcome === '200')?.attempt ?? units.at(-1)?.attempt ?? 0;
}

const sameKind = (units: readonly Unit[], { kind }: Unit, main: number): Unit[] => units.filter((unit) => unit.kind === kind && (unit.attempt === main || unit.attempt === 0));

/** Keys of a column: the one that counts has the name of its kind alone. */
function keysOf(units: readonly Unit[], main: number, refusedAt: ReadonlyMap<string, number>): Map<string, Unit> {
  const keyed = new Map<string, Unit>();
  const counts = new Map<string, number>();
  for (const unit of units) {
    const peers = sameKind(units, unit, main);
    const chosen = peers.findLast(({ refused }) => refused) ?? peers[Math.min(refusedAt.get(unit.kind) ?? 0, peers.length - 1)];
    if (unit === chosen) {
      keyed.set(unit.kind, unit);
      continue;
    }
    const index = peers.indexOf(unit);
    const place = index === -1 ? 'earlier' : index < peers.indexOf(chosen as Unit) ? 'before' : 'then';
    const name = `${unit.kind}/${place}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    keyed.set(`${name}-${count}`, unit);
  }
  return keyed;
}

function titleOf(id: string, kind: string): string {
  const title = titles[kind] ?? (kind.startsWith('token:') ? `Token request (${kind.slice(6)})` : kind);
  const [, place, number] = /\/(earlier|before|then)-(\d+)$/.exec(id) ?? [];
  if (place === undefined) return title;
  return place === 'earlier' ? `${title}, other sign-in (${number})` : place === 'before' ? `${title}, before (${number})` : `${title} (${Number(number) + 1})`;
}
