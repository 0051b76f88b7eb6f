import type { Environment, RenewalView, Result, RunEvent, RunState, RunSummary } from '../../contract/index.ts';
import { DEFAULT_SHARE, foldRun } from '../../contract/index.ts';
import type { Clock } from '../clock.ts';
import type { FlowService } from '../service.ts';
import type { Sleeps } from '../sleeps.ts';
import { backoffOf, dueOf } from './due.ts';
import { outcomeOf } from './outcome.ts';

/** A timer may not be set further ahead than this (2^31 − 1 ms), and an hour keeps it honest. */
const LONGEST_TIMER = 3_600_000;

export interface KeeperPorts {
  clock: Clock;
  sleeps: Sleeps;
  /** Calls back after so many milliseconds; what it returns takes that back. */
  timer(milliseconds: number, call: () => void): () => void;
  random(): number;
  flows: Pick<FlowService, 'act' | 'isRunning' | 'whenIdle'>;
  environments(): readonly Environment[];
  /** All Runs, newest first. */
  runs(): readonly RunSummary[];
  load(runId: string): Result<RunEvent[]>;
  onChange(renewals: RenewalView[]): void;
  /** The server refused to renew; told once. */
  onRefused(renewal: RenewalView, environment: Environment): void;
}

interface Kept {
  view: RenewalView;
  failures: number;
  /** The refresh token to spend; named, since a server that was broken for a moment leaves it looking refused. */
  tokenId: string | null;
  /** How many tokens the Run had when this was planned: with more, the plan is old. */
  tokens: number;
  clear: () => void;
}

/**
 * Keeps the tokens of the newest Run of each environment that wants it fresh: at the chosen share of the access token's lifetime the refresh
 * token is spent, as an ordinary step of that Run. One refresh at a time; a failing network is tried again ever more slowly; a refusal or the
 * person ends it for that Run; nothing is sent while the machine sleeps.
 */
export class RenewalKeeper {
  readonly #ports: KeeperPorts;
  readonly #kept = new Map<string, Kept>();
  #closed = false;

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
  }

  list(): RenewalView[] { return [...this.#kept.values()].map(({ view }) => view); }

  /** Looks at everything anew: after the start, and when environments have changed. */
  check(): void {
    if (this.#closed) return;
    const wanted = new Map(this.#ports.environments().filter(({ renewal }) => renewal?.enabled === true).map((environment) => [environment.id, environment]));
    for (const id of this.#kept.keys()) if (!wanted.has(id)) this.#drop(id);
    for (const environment of wanted.values()) this.#look(environment);
    this.#tell();
  }

  /** A Run's work began or ended. */
  ranOn(environmentId: string | null, running: boolean): void {
    if (this.#closed) return;
    const environment = this.#environment(environmentId);
    if (!environment || running) return;
    this.#look(environment);
    this.#tell();
  }

  /** The machine is about to sleep; `Sleeps` has been told. */
  suspend(): void {
    for (const kept of this.#kept.values()) {
      kept.clear();
      if (kept.view.state === 'waiting' || kept.view.state === 'retrying') kept.view = { ...kept.view, state: 'asleep', dueMono: null };
    }
    this.#tell();
  }

  resume(): void { this.check(); }

  /** The person wants no more of it for this Run. */
  stop(runId: string): boolean {
    const kept = this.#ofRun(runId);
    if (!kept) return false;
    kept.clear();
    kept.view = { runId, environmentId: kept.view.environmentId, state: 'stopped', dueMono: null };
    this.#tell();
    return true;
  }

  /** Goes on after a stop or a refusal. */
  restart(runId: string): boolean {
    const kept = this.#ofRun(runId);
    if (!kept) return false;
    this.#drop(kept.view.environmentId);
    this.check();
    return true;
  }

  close(): void {
    this.#closed = true;
    for (const id of this.#kept.keys()) this.#drop(id);
  }

  #look(environment: Environment): void {
    const { flows, sleeps, clock } = this.#ports;
    const newest = this.#ports.runs().find(({ environmentId, measurement }) => environmentId === environment.id && measurement !== true);
    const known = this.#kept.get(environment.id);
    if (!newest) return this.#drop(environment.id);
    const sameRun = known?.view.runId === newest.id;
    if (sameRun && (known.view.state === 'stopped' || known.view.state === 'refused' || known.view.state === 'refreshing')) return;
    known?.clear();
    const kept: Kept = { view: { runId: newest.id, environmentId: environment.id, state: 'idle', dueMono: null }, failures: sameRun ? known.failures : 0, tokenId: sameRun ? known.tokenId : null, tokens: sameRun ? known.tokens : 0, clear: () => undefined };
    this.#kept.set(environment.id, kept);
    if (sleeps.asleep) { kept.view = { ...kept.view, state: 'asleep' }; return; }
    if (flows.isRunning(newest.id)) { kept.view = { ...kept.view, why: 'The run is working on something.' }; return; }
    const state = this.#read(newest.id);
    if (!state) { kept.view = { ...kept.view, why: 'The run cannot be read.' }; return; }
    if (sameRun && known.view.state === 'retrying' && known.view.dueMono !== null && state.tokens.length === kept.tokens) {
      kept.view = known.view;
      return this.#at(kept, known.view.dueMono, 'retrying');
    }
    const now = clock.read();
    if (environment.provider.kind === 'practice' && state.tokens.at(-1)?.boot !== now.boot) {
      kept.view = { ...kept.view, why: 'The practice provider forgets its tokens when it ends.' };
      return;
    }
    const due = dueOf(state, environment.renewal?.share ?? DEFAULT_SHARE);
    if (due.refresh === null) { kept.view = { ...kept.view, why: due.why }; return; }
    kept.failures = 0;
    kept.tokenId = due.refresh.record.id;
    kept.tokens = state.tokens.length;
    this.#at(kept, now.mono + Math.max(0, due.after - sleeps.between(due.received, now)), 'waiting');
  }

  #at(kept: Kept, dueMono: number, state: 'waiting' | 'retrying'): void {
    const left = Math.max(0, dueMono - this.#ports.clock.read().mono);
    kept.view = { ...kept.view, state, dueMono };
    kept.clear = this.#ports.timer(Math.min(LONGEST_TIMER, left), () => {
      if (left > LONGEST_TIMER) this.#at(kept, dueMono, state);
      else void this.#renew(kept);
    });
  }

  async #renew(kept: Kept): Promise<void> {
    const { flows, clock, sleeps, random } = this.#ports;
    const { runId, environmentId } = kept.view;
    if (sleeps.asleep || this.#closed || this.#kept.get(environmentId) !== kept) return;
    const { why: _why, ...plain } = kept.view;
    kept.view = { ...plain, state: 'refreshing', dueMono: null };
    this.#tell();
    const acted = await flows.act(runId, { action: 'refresh', ...(kept.tokenId !== null && { tokenId: kept.tokenId }) }, 'print', false);
    if (acted.ok) await flows.whenIdle(runId);
    if (this.#closed || this.#kept.get(environmentId) !== kept || kept.view.state !== 'refreshing') return;
    const state = this.#read(runId);
    const outcome = !acted.ok || !state ? { what: 'passing' as const, why: acted.ok ? 'The run cannot be read.' : acted.problem.message } : outcomeOf(state);
    if (!acted.ok && acted.problem.code === 'run-busy') {
      // Whatever it is doing, its end brings us back here.
      kept.view = { ...kept.view, state: 'idle', why: 'The run is working on something.' };
    } else if (outcome.what === 'passing') {
      kept.failures += 1;
      kept.view = { ...kept.view, why: outcome.why };
      this.#at(kept, clock.read().mono + backoffOf(kept.failures, random()), 'retrying');
    } else if (outcome.what === 'refused') {
      this.#refused(kept, outcome.refusal.exchangeId, outcome.refusal.error.error ?? `HTTP ${outcome.refusal.error.status}`);
    } else if (outcome.what === 'cancelled') {
      kept.view = { ...kept.view, state: 'stopped' };
    } else {
      kept.view = { ...kept.view, state: 'idle' };
      const environment = this.#environment(environmentId);
      if (environment) this.#look(environment);
      else this.#drop(environmentId);
    }
    this.#tell();
  }

  #refused(kept: Kept, exchangeId: string, word: string): void {
    kept.view = { ...kept.view, state: 'refused', exchangeId, why: `The server answered ${word}.` };
    const environment = this.#environment(kept.view.environmentId);
    if (environment) this.#ports.onRefused(kept.view, environment);
  }

  #read(runId: string): RunState | null {
    const events = this.#ports.load(runId);
    return events.ok ? foldRun(events.value) : null;
  }

  #environment(id: string | null): Environment | undefined {
    return this.#ports.environments().find((candidate) => candidate.id === id && candidate.renewal?.enabled === true);
  }

  #ofRun(runId: string): Kept | undefined {
    return [...this.#kept.values()].find(({ view }) => view.runId === runId);
  }

  #drop(environmentId: string): void {
    this.#kept.get(environmentId)?.clear();
    this.#kept.delete(environmentId);
  }

  #tell(): void { if (!this.#closed) this.#ports.onChange(this.list()); }
}
