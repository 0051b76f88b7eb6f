import type { Diagnosis, RunState, StepState } from '../../contract/index.ts';

/** What a step came to, for a line or an object. */
export interface StepLine {
  kind: string;
  outcome: string;
  provocation?: string;
  milliseconds: number | null;
  requests: { method: string; url: string; status: number | null }[];
  problem?: string;
}

export function stepLine(step: StepState): StepLine {
  return {
    kind: step.kind,
    outcome: step.outcome ?? 'unfinished',
    ...(step.provocation !== undefined && { provocation: step.provocation }),
    milliseconds: step.endedMono === undefined ? null : Math.round(step.endedMono - step.startedMono),
    requests: step.events.flatMap((event) => (event.type === 'exchange-recorded'
      ? [{ method: event.exchange.method, url: event.exchange.url, status: event.exchange.response?.status ?? null }] : [])),
    ...(step.problem !== undefined && { problem: step.problem.message }),
  };
}

/** The Run as the last line of `--json` gives it, still to be masked. */
export function runObject(state: RunState): object {
  return {
    id: state.id,
    environment: state.environment?.name ?? null,
    startedAt: new Date(state.started?.at ?? 0).toISOString(),
    outcome: state.ended?.outcome ?? 'interrupted',
    ...(state.ended?.problem && { problem: state.ended.problem }),
    steps: state.steps.map(stepLine),
    tokens: state.tokens.map(({ record, fate, generation, verdicts }) => ({
      kind: record.kind, fate, generation,
      ...(record.expiresIn !== undefined && { expiresIn: record.expiresIn }),
      ...(record.scope !== undefined && { scope: record.scope }),
      failedChecks: verdicts.filter(({ outcome }) => outcome === 'failed').map(({ check, section, expected, found }) => ({ check, section, expected, found })),
    })),
    refusals: state.refusals.map(({ exchangeId, error, provocation }) => ({ exchangeId, error: error.error, status: error.status, ...(provocation && { provocation }) })),
  };
}

/** Where an evidence line was read: the step and request of an exchange, or the event. */
export function placeIn(state: RunState): (entry: string) => string {
  return (entry) => {
    const found = state.exchanges.get(entry);
    if (!found) return entry.startsWith('#') ? `event ${entry.slice(1)}` : entry;
    const kind = state.steps.find(({ id }) => id === found.step)?.kind ?? 'request';
    return `${kind}: ${found.exchange.method} ${found.exchange.url.split('?', 1)[0]}`;
  };
}

/** The same members as a line of `diagnose --json`, and the headline and provider. */
export function diagnosisObject(diagnosis: Diagnosis): object {
  return {
    error: diagnosis.error.error ?? `HTTP ${diagnosis.error.status}`,
    headline: diagnosis.headline,
    provider: diagnosis.provider?.name ?? null,
    exchangeId: diagnosis.exchangeId,
    causes: diagnosis.causes.map(({ id, verdict, why, evidence, fix }) => ({ id, verdict, why, evidence: evidence.map(({ entry, where, text }) => ({ entry, where, text })), fix })),
  };
}
