/**
 * diagnosis/: why a grant was refused.
 *
 * A refused Run (live, read back or imported) goes in, every cause with verdict, evidence and fix comes out, best first.
 * Pure: reads its arguments and the provider files, sends nothing, keeps nothing. Called by `ipc/` and `cli/` with the unmasked events;
 * what it returns holds no secret. Refuses to name a cause likely without evidence.
 */
import type { CauseFinding, Diagnosis } from '../contract/diagnosis.ts';
import type { RunEvent } from '../contract/run.ts';
import type { Case, DiagnoseOptions } from './case/case.ts';
import { buildCase } from './case/case.ts';
import { causes } from './causes/registry.ts';
import { judge } from './judge.ts';
import { understand } from './message/understand.ts';
import { replayLabels } from './replay.ts';
import { scrubber } from './scrub.ts';

export type { DiagnoseOptions } from './case/case.ts';
export type { Ledger, LedgerEntry, LedgerKind } from './ledger.ts';
export { withoutCopies } from './copies.ts';
export { createLedger, ledgerEntriesOf, ledgerHash } from './ledger.ts';
export { fixesFor, knowledgeOf } from './fixes.ts';
export { providers } from './knowledge/load.ts';
export { recognise } from './knowledge/recognise.ts';
export { probesFor } from './probes.ts';
export { replayLabelOf } from './replay.ts';
export { codeLimitOf } from './code-limit.ts';
export { CAUSE_IDS } from './cause-ids.ts';

/**
 * Explains the last refusal of a Run, or the one named in the options.
 *
 * @param events the Run, unmasked and in order; masked values are compared but never hashed or measured
 * @returns null where nothing was refused
 */
export function diagnose(events: readonly RunEvent[], options: DiagnoseOptions = {}): Diagnosis | null {
  const c = buildCase(events, options);
  if (c === null) return null;
  understand(c);
  const findings = judge(c, causes);
  const scrubbing = scrubber(c, textsOf(c, findings));
  const scrub = scrubbing ?? ((text: string): string => text);
  const { recognised } = c;
  return {
    exchangeId: c.request?.exchange.id ?? null,
    entry: c.entry,
    error: { ...c.error, ...(c.error.description !== undefined && { description: scrub(c.error.description) }) },
    headline: scrub(headline(c, findings)),
    provider: recognised === null ? null : { id: recognised.provider.knowledge.id, name: recognised.provider.knowledge.name, why: recognised.why },
    causes: scrubbing === null ? findings : findings.map((finding) => scrubbed(finding, scrubbing)),
    replay: replayLabels(c),
  };
}

function headline(c: Case, findings: readonly CauseFinding[]): string {
  const what = c.kind === 'refresh' ? 'The refresh' : c.kind === 'authorize' ? 'The authorization' : 'The token request';
  const answer = c.error.error ?? (c.error.status > 0 ? `HTTP ${c.error.status}` : 'no OAuth error');
  const likely = findings.filter(({ verdict }) => verdict === 'likely');
  const first = likely[0];
  if (first === undefined) return `${what} was refused with ${answer}. Nothing recorded points at one cause.`;
  const second = likely[1];
  const close = second !== undefined && second.score > first.score * 0.85;
  return `${what} was refused with ${answer}: ${first.title.replace(/\.$/, '')}${close ? `, or ${second.title.charAt(0).toLowerCase()}${second.title.slice(1)}` : ''}.`;
}

/** Every text of the answer that may quote what came from outside. */
function* textsOf(c: Case, findings: readonly CauseFinding[]): Generator<string> {
  yield c.error.description ?? '';
  for (const { why, fix, evidence } of findings) {
    yield why;
    yield fix;
    for (const { text, values } of evidence) {
      yield text;
      for (const { value } of values ?? []) yield value;
    }
  }
}

function scrubbed(finding: CauseFinding, scrub: (text: string) => string): CauseFinding {
  return {
    ...finding, why: scrub(finding.why), fix: scrub(finding.fix),
    evidence: finding.evidence.map((one) => ({
      ...one, text: scrub(one.text), ...(one.values && { values: one.values.map(({ label, value }) => ({ label, value: scrub(value) })) }),
    })),
  };
}
