import type { CauseFinding, Diagnosis } from '../contract/diagnosis.ts';
import type { Fix } from '../contract/fix.ts';
import { unspentRefreshToken } from '../contract/read/probe-target.ts';
import type { RunState } from '../contract/read/run-state.ts';
import { isCauseId } from './cause-ids.ts';
import { clientFixes } from './fixes/client.ts';
import { grantFixes } from './fixes/grant.ts';
import { requestFixes } from './fixes/request.ts';
import type { FixCase } from './fixes/tools.ts';
import { authorizeAgain, fixCaseOf } from './fixes/tools.ts';
import { providers } from './knowledge/load.ts';
import type { ProviderKnowledge } from './knowledge/schema.ts';

const makers = { ...clientFixes, ...requestFixes, ...grantFixes };

/**
 * What can be done about one cause, the most direct first: where it lies in the configuration, the field or a run with the correction;
 * where it lies with the provider, steps and its documentation; where the grant is gone, a new authorization. Pure.
 *
 * @param knowledge of the provider; without it, that of the diagnosis' own recognition
 * @returns at least one, for every cause
 */
export function fixesFor(finding: CauseFinding, diagnosis: Diagnosis, state: RunState, knowledge: ProviderKnowledge | null = knowledgeOf(diagnosis)): Fix[] {
  const c = fixCaseOf(finding, diagnosis, state, knowledge);
  const fixes = isCauseId(finding.id) ? (makers[finding.id]?.(c) ?? []) : [];
  const costed = fixes.map((fix) => withCost(fix, c));
  const possible = state.environment === null ? withoutEnvironment(c, costed) : costed;
  return possible.length > 0 ? possible : [state.environment === null ? inWords(c) : authorizeAgain(finding.fix)];
}

/** A repetition uses the refresh token where that is still good; otherwise the browser opens for a new code. */
function withCost(fix: Fix, { state, diagnosis }: FixCase): Fix {
  if (fix.kind !== 'run-corrected' || unspentRefreshToken(state, diagnosis.exchangeId ?? undefined) === null) return fix;
  return { ...fix, replay: 'may-end-the-session', browser: false };
}

/** What is known of the provider a diagnosis recognised; `null` for an unknown one. */
export function knowledgeOf({ provider }: Pick<Diagnosis, 'provider'>): ProviderKnowledge | null {
  return provider === null ? null : (providers().find(({ knowledge }) => knowledge.id === provider.id)?.knowledge ?? null);
}

/** An imported Run has no environment to open and nothing to send with: what is left is said in words. */
function withoutEnvironment(c: FixCase, fixes: Fix[]): Fix[] {
  const left = fixes.filter(({ kind }) => kind === 'provider-console' || kind === 'wait');
  return left.length === fixes.length ? left : [inWords(c), ...left];
}

function inWords({ finding }: FixCase): Fix {
  return { kind: 'provider-console', provider: null, label: 'In the client', steps: [finding.fix], url: null, source: finding.evidence.find(({ source }) => source !== undefined)?.source ?? null };
}
