import type { Diagnosis } from '../contract/diagnosis.ts';
import type { ProbeFacts, ProbeOffer } from '../contract/probe.ts';
import type { RunState } from '../contract/read/run-state.ts';
import { PROBE_IDS } from '../contract/run.ts';
import { probeSheets } from './probes/sheets.ts';

/**
 * The probes for a diagnosis, those that can tell its best causes apart first, those that cannot be made last and with the reason.
 * Pure: nothing is sent. Each is carried out by `flow/probes/` as a step of the Run.
 */
export function probesFor(diagnosis: Diagnosis, state: RunState, facts: ProbeFacts = {}): ProbeOffer[] {
  const open = new Map(diagnosis.causes.filter(({ verdict }) => verdict === 'likely' || verdict === 'possible').map(({ id, score }) => [id, score]));
  const best = (offer: ProbeOffer): number => Math.max(0, ...offer.about.map((id) => open.get(id) ?? 0));
  const offers = PROBE_IDS.map((id): ProbeOffer => {
    const { unavailable, ...sheet } = probeSheets[id]({ diagnosis, state, facts });
    const why = reasonAgainst(state, facts) ?? unavailable;
    return { id, ...sheet, available: why === null ? { ok: true } : { ok: false, why } };
  });
  return offers.sort((a, b) => Number(b.available.ok) - Number(a.available.ok) || best(b) - best(a));
}

function reasonAgainst(state: RunState, facts: ProbeFacts): string | null {
  if (state.environment === null) return 'This run was imported: it has no environment to send requests with.';
  return facts.running === true ? 'This run is still working on something.' : null;
}
