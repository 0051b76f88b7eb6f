import { durationText } from '../../contract/read/clock.ts';
import { timelineOf } from '../../contract/read/timeline.ts';
import type { Diagnosis } from '../../contract/diagnosis.ts';
import type { Column } from '../input.ts';
import type { Line } from '../rows/line.ts';
import { without } from '../rows/sentence.ts';
import { byNature, lifetimes, telling } from '../tables/spec.ts';
import { line } from './lines.ts';

// What it came to needs no reason: the reasons are what the rest of the comparison is for.
const effect = telling('value', { judge: (seen) => (seen.found === 'different' || without(seen).length > 0 ? { difference: 'meaningful' } : undefined) });
const quiet = byNature();
const counted = telling('value', { why: 'the redirect listener was asked by something that was not the answer' });
const life = telling('lifetime', { judge: lifetimes('the person has to come back, or the client to refresh, at another time'), topics: ['refresh'] });

/** How a Run ended. */
export function outcomeLines({ outcome, error, run, origin }: Column): Line[] {
  if (!run) return [];
  const strays = run.callbacks.filter(({ verdict }) => verdict !== 'accepted' && verdict !== 'accepted-error' && verdict !== 'handoff').length;
  return [
    line('outcome', 'Ended', effect, { text: outcome }),
    ...(error ? [line('error', 'Error', effect, { text: error.error ?? `HTTP ${error.status}`, ...(error.description !== undefined && { reading: error.description }) })] : []),
    ...(run.ended?.problem ? [line('problem', 'Problem', effect, { text: run.ended.problem.code, reading: run.ended.problem.message })] : []),
    ...(strays > 0 ? [line('strays', 'Other callbacks', counted, { text: String(strays) })] : []),
    line('origin', 'Recorded', quiet, { text: origin === 'imported' ? 'by another tool' : 'here' }),
    ...(run.started && Object.keys(run.started.versions).length > 0 ? [line('versions', 'Versions', quiet, { text: Object.entries(run.started.versions).map(([name, version]) => `${name} ${version}`).join(', ') })] : []),
  ];
}

/** Every code and token: how long it lives as stated. */
export function lifetimeLines({ run }: Column): Line[] {
  if (!run) return [];
  const counts = new Map<string, number>();
  return timelineOf(run).map((bar) => {
    const name = `${bar.kind}/${bar.generation}`;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const label = `${bar.kind.replaceAll('_', ' ')}${bar.generation > 0 ? `, refresh ${bar.generation}` : ''}${count > 0 ? ` (${count + 1})` : ''}`;
    if (bar.expiresAt === null) return line(`${name}/${count}`, label, { ...life, missing: 'expected' }, { text: 'no end is stated', reading: bar.source });
    const milliseconds = bar.expiresAt - bar.issuedAt;
    return line(`${name}/${count}`, label, { ...life, missing: 'expected' }, { text: durationText(milliseconds), milliseconds, reading: bar.source });
  });
}

/** What the diagnosis says of the refusal. */
export function diagnosisLines(diagnosis: Diagnosis | null): Line[] {
  if (!diagnosis) return [];
  const shown = diagnosis.causes.filter(({ verdict }) => verdict === 'likely' || verdict === 'possible').slice(0, 5);
  return [
    line('headline', 'In short', effect, { text: diagnosis.headline }),
    ...shown.map(({ id, title, verdict, why }) => line(`cause/${id}`, title, effect, { text: verdict, reading: why })),
    ...(diagnosis.provider ? [line('provider', 'Provider', quiet, { text: diagnosis.provider.name, reading: diagnosis.provider.why })] : []),
  ];
}
