import type { CompareColumn, CompareSubject } from '../contract/compare.ts';
import type { Diagnosis } from '../contract/diagnosis.ts';
import type { Environment } from '../contract/environment.ts';
import type { OAuthError, RunEvent } from '../contract/run.ts';
import type { RunState } from '../contract/read/run-state.ts';
import { foldRun } from '../contract/read/run-state.ts';

/** What stands in a column. Events and diagnosis are masked: every secret a marker, equal ones of one kind with equal fingerprints. */
export type CompareInput =
  | { kind: 'run'; subject: CompareSubject; events: readonly RunEvent[]; diagnosis: Diagnosis | null }
  | { kind: 'environment'; subject: CompareSubject; environment: Environment; metadata: Record<string, unknown> | null };

/** A column as it is read: what goes out of it, and what the rows are made from. */
export interface Column extends CompareColumn {
  index: number;
  /** The title, with the letter where two columns have the same one. */
  name: string;
  run: RunState | null;
  environment: Environment | null;
  /** Of the provider; `null` where it is not known. */
  metadata: Record<string, unknown> | null;
  client: { id: string; authMethod: string } | null;
  diagnosis: Diagnosis | null;
}

const LETTERS = 'ABCD';

/** Reads the inputs. Never throws, whatever the events are. */
export function columnsOf(inputs: readonly CompareInput[]): Column[] {
  const columns = inputs.map((input, index) => (input.kind === 'run' ? runColumn(input, index) : environmentColumn(input, index)));
  for (const column of columns) {
    const namesake = columns.some((other) => other !== column && other.title === column.title);
    column.name = namesake ? `${column.title} (${column.letter})` : column.title;
  }
  return columns;
}

function runColumn({ subject, events, diagnosis }: Extract<CompareInput, { kind: 'run' }>, index: number): Column {
  const run = foldRun(events);
  const { started, environment } = run;
  const title = titled(run.title === '' ? (environment?.name ?? 'Run') : run.title);
  const imported = started?.origin === 'imported';
  const { outcome, error } = endOf(run);
  return {
    index, subject, letter: letterOf(index), title, name: title, from: environment?.name ?? (imported ? 'Imported' : 'Run'),
    startedAt: started && started.at > 0 ? started.at : null, origin: imported ? 'imported' : 'live',
    practice: environment?.provider.kind === 'practice', outcome, error, run, environment,
    metadata: run.metadata?.metadata ?? null, client: clientOf(run), diagnosis,
  };
}

function environmentColumn({ subject, environment, metadata }: Extract<CompareInput, { kind: 'environment' }>, index: number): Column {
  const title = titled(environment.name);
  return {
    index, subject, letter: letterOf(index), title, name: title, from: environment.name, startedAt: null, origin: 'environment',
    practice: environment.provider.kind === 'practice', outcome: 'not-run', error: null,
    run: null, environment, metadata, client: environment.client.id === '' ? null : { id: environment.client.id, authMethod: environment.client.authMethod }, diagnosis: null,
  };
}

const letterOf = (index: number): string => LETTERS[index] ?? String(index + 1);
const titled = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 79)}…`);

/** An imported Run names no client before its first request does. */
function clientOf(run: RunState): Column['client'] {
  const { started } = run;
  if (started && started.client.id !== '') return started.client;
  for (const { parameters } of run.authorizations) {
    const id = parameters.find(({ name }) => name === 'client_id')?.value;
    if (id !== undefined) return { id, authMethod: '' };
  }
  return null;
}

/** How a Run ended as a whole: a refusal counts until a later request brought tokens. */
function endOf(run: RunState): { outcome: CompareColumn['outcome']; error: OAuthError | null } {
  const refusal = run.refusals.at(-1);
  const granted = Math.max(...run.tokens.map(({ receivedAt }) => receivedAt), -Infinity);
  const redirected = run.callbacks.findLast(({ verdict }) => verdict === 'accepted-error' || verdict === 'accepted');
  if (refusal && !(granted > refusal.at)) return { outcome: 'refused', error: refusal.error };
  if (redirected?.verdict === 'accepted-error') return { outcome: 'refused', error: redirected.error ?? null };
  switch (run.ended?.outcome) {
    case 'ok': return { outcome: 'succeeded', error: null };
    case 'refused': return { outcome: 'refused', error: null };
    case 'cancelled': return { outcome: 'cancelled', error: null };
    case 'failed': case 'timed-out': return { outcome: 'failed', error: null };
    default: return { outcome: 'unfinished', error: null };
  }
}
