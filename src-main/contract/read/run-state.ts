import type { Environment } from '../environment.ts';
import type { Exchange } from '../exchange.ts';
import type { MeasureState } from '../measure.ts';
import type { Problem } from '../result.ts';
import { unreachable } from '../outcome.ts';
import type { OAuthError, RunEvent, RunEventOf, ProbeId, RunSummary, StepKind, StepOutcome, TokenRecord, Verdict, Provocation } from '../run.ts';

/** A step with everything that happened in it, in order. */
export interface StepState {
  id: string;
  kind: StepKind;
  provocation?: Provocation;
  probe?: ProbeId;
  resentFrom?: string;
  startedAt: number;
  startedMono: number;
  limit?: number;
  endedAt?: number;
  endedMono?: number;
  outcome?: StepOutcome;
  problem?: Problem;
  events: RunEvent[];
}

/** What became of a token: *superseded* by rotation, *revoked* by us, *refused* by the server. None of them is ever deleted. */
export type TokenFate = 'live' | 'superseded' | 'revoked' | 'refused';

export interface TokenState {
  record: TokenRecord;
  fate: TokenFate;
  generation: number;
  parentToken?: string;
  step: string;
  exchangeId: string;
  receivedAt: number;
  receivedMono: number;
  boot: string;
  /** What ended it: the exchange of the refresh, revocation or refusal. */
  endedBy?: string;
  verdicts: Verdict[];
  /** The latest answer of introspection. */
  active?: boolean | null;
}

export interface Refusal { step: string; exchangeId: string; error: OAuthError; tokenId?: string; at: number; provocation?: Provocation }

export interface RunState {
  id: string;
  title: string;
  started: RunEventOf<'run-started'> | null;
  environment: Environment | null;
  steps: StepState[];
  exchanges: Map<string, { exchange: Exchange; step: string; at: number }>;
  tokens: TokenState[];
  authorizations: RunEventOf<'authorization-requested'>[];
  callbacks: RunEventOf<'callback-received'>[];
  metadata: RunEventOf<'metadata-read'> | null;
  refusals: Refusal[];
  /** What probes have shown, in order. */
  probes: RunEventOf<'probe-concluded'>[];
  /** The code of the device flow, while it is one. */
  device: RunEventOf<'device-code-received'> | null;
  /** What the Run waits for now. */
  paused: RunEventOf<'paused'> | null;
  /** What is being measured in it, or was. */
  measure: MeasureState | null;
  ended: RunEventOf<'flow-ended'> | null;
  /** Number of the next event. */
  next: number;
}

export function emptyRunState(): RunState {
  return {
    id: '', title: '', started: null, environment: null, steps: [], exchanges: new Map(), tokens: [], authorizations: [],
    callbacks: [], metadata: null, refusals: [], probes: [], device: null, paused: null, measure: null, ended: null, next: 0,
  };
}

/**
 * Adds one event to a state, in place, and returns the same state. An event already folded (`seq` below `next`) changes nothing,
 * so a snapshot and the live events queued meanwhile can be replayed one after the other.
 */
export function applyEvent(state: RunState, event: RunEvent): RunState {
  if (event.seq < state.next) return state;
  state.next = event.seq + 1;
  const step = 'step' in event ? state.steps.find((candidate) => candidate.id === event.step) : undefined;
  step?.events.push(event);
  switch (event.type) {
    case 'run-started':
      state.id = event.runId;
      state.title = event.title ?? event.environment?.name ?? 'Imported run';
      state.started = event;
      state.environment = event.environment;
      return state;
    case 'step-started':
      state.steps.push({
        id: event.step, kind: event.kind, startedAt: event.at, startedMono: event.mono, events: [event],
        ...(event.provocation && { provocation: event.provocation }),
        ...(event.probe && { probe: event.probe }),
        ...(event.resentFrom !== undefined && { resentFrom: event.resentFrom }),
        ...(event.limit !== undefined && { limit: event.limit }),
      });
      return state;
    case 'step-ended':
      if (step) {
        step.endedAt = event.at;
        step.endedMono = event.mono;
        step.outcome = event.outcome;
        if (event.problem) step.problem = event.problem;
      }
      return state;
    case 'metadata-read':
      state.metadata = event;
      return state;
    case 'authorization-requested':
      state.authorizations.push(event);
      return state;
    case 'callback-received':
      state.callbacks.push(event);
      return state;
    case 'exchange-recorded':
      state.exchanges.set(event.exchange.id, { exchange: event.exchange, step: event.step, at: event.at });
      return state;
    case 'tokens-received':
      receiveTokens(state, event);
      return state;
    case 'token-checked':
      tokenOf(state, event.tokenId)?.verdicts.push(...event.verdicts);
      return state;
    case 'grant-refused':
      // A probe and a measurement expect their refusal, and a request sent again repeats one: none is a new failure to explain.
      if ((state.measure === null || state.measure.ended !== null) && step?.kind !== 'probe' && step?.kind !== 'resend') state.refusals.push({
        step: event.step, exchangeId: event.exchangeId, error: event.error, at: event.at,
        ...(event.tokenId !== undefined && { tokenId: event.tokenId }),
        ...(step?.provocation && { provocation: step.provocation }),
      });
      endToken(state, event.tokenId, 'refused', event.exchangeId);
      return state;
    case 'token-revoked':
      endToken(state, event.tokenId, 'revoked', event.exchangeId);
      return state;
    case 'token-introspected': {
      const token = tokenOf(state, event.tokenId);
      if (token) token.active = event.active;
      return state;
    }
    case 'probe-concluded':
      state.probes.push(event);
      return state;
    case 'device-code-received':
      state.device = event;
      return state;
    case 'paused':
      state.paused = event;
      return state;
    case 'resumed':
      state.paused = null;
      return state;
    case 'measure-planned':
      state.measure = { plan: event.plan, observations: [], findings: [], waiting: null, ended: null };
      return state;
    case 'measure-waiting':
    case 'measure-observed':
    case 'measure-answered':
    case 'measure-ended':
      measure(state, event);
      return state;
    case 'flow-ended':
      state.ended = event;
      return state;
    case 'response-checked':
    case 'proof-key-made':
    case 'listening':
    case 'browser-opened':
    case 'front-channel-hop':
      return state;
    default:
      return unreachable(event);
  }
}

/** Folds a whole Run. Pure: the events are not changed. */
export function foldRun(events: Iterable<RunEvent>): RunState {
  const state = emptyRunState();
  for (const event of events) applyEvent(state, event);
  return state;
}

/** The history line of a Run. `running` tells whether a flow of this process is still working on it. */
export function summaryOf(state: RunState, running: boolean): RunSummary {
  return {
    id: state.id,
    title: state.title,
    environmentId: state.environment?.id ?? null,
    practice: state.environment?.provider.kind === 'practice',
    // An import is found where it was made, not among the runs of the day it recalls.
    startedAt: state.started?.importedAt ?? state.started?.at ?? 0,
    events: state.next,
    state: running ? 'running' : (state.ended?.outcome ?? 'interrupted'),
    error: state.refusals.at(-1)?.error.error ?? null,
    ...(state.measure !== null && { measurement: true, ...(state.measure.ended === null && { measuring: true }) }),
  };
}

type MeasureEvent = RunEventOf<'measure-waiting' | 'measure-observed' | 'measure-answered' | 'measure-ended'>;

// New objects: the window notices what has changed by identity.
function measure(state: RunState, event: MeasureEvent): void {
  const known = state.measure;
  if (known === null) return;
  switch (event.type) {
    case 'measure-waiting': state.measure = { ...known, waiting: event.waiting }; return;
    case 'measure-observed': state.measure = { ...known, waiting: null, observations: [...known.observations, event.observation] }; return;
    case 'measure-answered': state.measure = { ...known, waiting: null, findings: [...known.findings, event.finding] }; return;
    case 'measure-ended': state.measure = { ...known, waiting: null, ended: event.end }; return;
    default: unreachable(event);
  }
}

function tokenOf(state: RunState, id: string): TokenState | undefined {
  return state.tokens.find((token) => token.record.id === id);
}

function endToken(state: RunState, id: string | undefined, fate: TokenFate, exchangeId: string): void {
  const token = id === undefined ? undefined : tokenOf(state, id);
  // A token rotated away and then refused stays superseded: that is why it was refused.
  if (token?.fate !== 'live') return;
  token.fate = fate;
  token.endedBy = exchangeId;
}

function receiveTokens(state: RunState, event: RunEventOf<'tokens-received'>): void {
  const rotated = event.tokens.some((token) => token.kind === 'refresh_token');
  if (rotated && event.parentToken !== undefined) endToken(state, event.parentToken, 'superseded', event.exchangeId);
  for (const record of event.tokens) {
    state.tokens.push({
      record, fate: 'live', generation: event.generation, step: event.step, exchangeId: event.exchangeId,
      receivedAt: event.at, receivedMono: event.mono, boot: event.boot, verdicts: [],
      ...(event.parentToken !== undefined && { parentToken: event.parentToken }),
    });
  }
}
