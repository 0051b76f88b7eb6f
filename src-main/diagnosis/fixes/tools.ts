import type { CauseFinding, Diagnosis } from '../../contract/diagnosis.ts';
import type { ClientAuthMethod } from '../../contract/environment.ts';
import type { Exchange } from '../../contract/exchange.ts';
import type { Correction, FieldPath, Fix } from '../../contract/fix.ts';
import { headerOf, messageParts } from '../../contract/read/http.ts';
import { refusedExchange } from '../../contract/read/probe-target.ts';
import type { RunState } from '../../contract/read/run-state.ts';
import type { ProviderKnowledge } from '../knowledge/schema.ts';

/** What the makers of fixes read. */
export interface FixCase {
  finding: CauseFinding;
  diagnosis: Diagnosis;
  state: RunState;
  knowledge: ProviderKnowledge | null;
  refused: Exchange | null;
  /** Names of the extra parameters of the token request. */
  extras: ReadonlySet<string>;
  authMethod: ClientAuthMethod | null;
  /** A mistake made on purpose: the configuration is not to blame. */
  provoked: boolean;
}

export function fixCaseOf(finding: CauseFinding, diagnosis: Diagnosis, state: RunState, knowledge: ProviderKnowledge | null): FixCase {
  const refused = diagnosis.exchangeId === null ? null : refusedExchange(state, diagnosis.exchangeId);
  const step = refused === null ? undefined : state.exchanges.get(refused.id)?.step;
  return {
    finding, diagnosis, state, knowledge, refused,
    extras: new Set(state.environment?.tokenParameters.map(({ name }) => name)),
    authMethod: state.environment?.client.authMethod ?? null,
    provoked: state.steps.find(({ id }) => id === step)?.provocation !== undefined,
  };
}

export const edit = (path: FieldPath, label: string, reason: string): Fix => ({ kind: 'edit-field', path, label, reason });

export function corrected(correction: Correction, label: string, reason: string): Fix {
  return { kind: 'run-corrected', correction, label, reason, replay: 'safe-to-repeat', browser: true };
}

export const authorizeAgain = (reason: string): Fix => ({ kind: 'authorize-again', label: 'Authorize again', reason });

export const issuerField = ({ state }: FixCase, reason: string): Fix => (state.environment?.provider.kind === 'manual'
  ? edit('provider.endpoints', 'Open the endpoints', reason) : edit('provider.issuer', 'Open the issuer', reason));

/** Steps in the provider's console: what is known of this provider for the cause first, then the general ones. */
export function atProvider({ finding, knowledge }: FixCase, ...steps: string[]): Fix {
  const known = knowledge?.errors.find(({ cause, evidence }) => cause === finding.id && evidence !== 'reported') ?? knowledge?.errors.find(({ cause }) => cause === finding.id);
  return {
    kind: 'provider-console', provider: knowledge?.name ?? null,
    label: knowledge === null ? 'At the provider' : `At ${knowledge.name}`,
    steps: known === undefined ? steps : [...steps, `${knowledge?.name ?? 'The provider'}: ${known.fix}`],
    url: documentationOf(knowledge), source: known?.source ?? null,
  };
}

/** A page for people: links into program code are sources, not documentation. */
function documentationOf(knowledge: ProviderKnowledge | null): string | null {
  return knowledge?.docs.find((link) => /^https:\/\//.test(link) && !/\.(?:js|ts|go|py|rb|cs|java|php|ya?ml)$/.test(link)) ?? null;
}

/** Seconds of the answer's Retry-After (RFC 9110 §10.2.3), a minute where it says nothing. */
export function waitingTime({ refused }: FixCase, now: number = Date.now()): number {
  if (!refused?.response) return 60;
  const text = headerOf(messageParts(refused.response.raw.slice(0, refused.response.headLength)).headers, 'retry-after')?.trim() ?? '';
  const at = refused.times.started > 0 ? refused.times.started : now;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - at) / 1000);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) : 60;
}

export const wait = (c: FixCase, reason: string): Fix => {
  const seconds = waitingTime(c);
  return { kind: 'wait', seconds, label: `Wait ${seconds} s`, reason };
};
