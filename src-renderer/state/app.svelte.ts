import { createContext } from 'svelte';
import type { AppInfo, Bridge, CommandInput, CommandName, CommandOutput, RunAction } from '../../src-main/contract/commands.ts';
import type { FindHit } from '../../src-main/contract/find.ts';
import type { Problem } from '../../src-main/contract/result.ts';
import type { RunOptions } from '../../src-main/contract/options/run-options.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';
import { CurrentRun } from './current-run.svelte.ts';
import { Commands } from '../commands/commands.svelte.ts';
import { FirstSteps } from './first-steps.svelte.ts';
import { Deletions } from '../history/deletions.svelte.ts';
import { Diagnoses } from './diagnosis.svelte.ts';
import { Environments } from './environments.svelte.ts';
import { Comparing } from '../compare/comparing.svelte.ts';
import type { CompareSubject } from '../../src-main/contract/compare.ts';
import { Find } from '../find/find.svelte.ts';
import { Exports } from '../export/exports.svelte.ts';
import { Following } from './following.svelte.ts';
import { Imports } from '../import/imports.svelte.ts';
import { Layout } from './layout.svelte.ts';
import { Lints } from './lints.svelte.ts';
import { Reveals } from './reveals.svelte.ts';
import { Runs } from './runs.svelte.ts';
import { Spotlight } from './spotlight.svelte.ts';
import { Renewals } from '../token/renewals.svelte.ts';
import { InspectorSearch } from '../wire/inspector-search.svelte.ts';
import { Ticker } from './ticker.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { Vault } from './vault.svelte.ts';

export type FlowBrowser = CommandInput<'run.start'>['browser'];

/** Joins the parts of the window's state and does what several of them take part in. */
export class AppState {
  readonly environments: Environments;
  readonly runs: Runs;
  readonly current: CurrentRun;
  readonly vault: Vault;
  readonly renewals: Renewals;
  readonly diagnoses: Diagnoses;
  readonly lints: Lints;
  readonly spotlight = new Spotlight();
  readonly following = new Following();
  readonly reveals: Reveals;
  readonly imports: Imports;
  readonly exports = new Exports();
  readonly comparing: Comparing;
  readonly toasts = new Toasts();
  readonly ticker = new Ticker();
  readonly layout = new Layout();
  readonly search = new InspectorSearch();
  readonly find: Find;
  readonly firstSteps = new FirstSteps();
  readonly deletions = new Deletions();
  readonly commands = new Commands(this);
  #editing = $state.raw<{ environmentId: string | null; path?: string } | null>(null);
  #info = $state.raw<AppInfo | null>(null);
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.environments = new Environments(bridge);
    this.runs = new Runs(bridge);
    this.current = new CurrentRun(bridge);
    this.vault = new Vault(bridge);
    this.find = new Find(bridge);
    this.renewals = new Renewals(bridge);
    bridge.on('show-refusal', ({ runId, exchangeId }) => void this.#showRefusal(runId, exchangeId));
    this.diagnoses = new Diagnoses(bridge);
    this.lints = new Lints(bridge);
    this.reveals = new Reveals(bridge, (problem) => this.toasts.problem(problem));
    this.comparing = new Comparing(bridge);
    this.imports = new Imports(bridge, (runId) => this.#showImported(runId));
    bridge.on('command-wanted', ({ id }) => this.commands.runFromMenu(id));
    bridge.on('notice', (problem) => this.toasts.problem(problem));
  }

  /** `null` until main has answered for the first time. */
  get info(): AppInfo | null { return this.#info; }

  /** The environment whose form is open; `environmentId` is null for a new one. */
  get editing() { return this.#editing; }

  /** @param path the field to turn to */
  edit(environmentId: string | null, path?: string): void {
    this.#editing = { environmentId, ...(path !== undefined && { path }) };
  }
  closeEditor(): void { this.#editing = null; }

  async load(): Promise<void> {
    const [info, environments, runs] = await Promise.all([
      this.#bridge.call('app.info', {}), this.#bridge.call('environment.list', {}), this.#bridge.call('run.list', {}),
    ]);
    if (environments.ok) this.environments.set(environments.value);
    else this.toasts.problem(environments.problem);
    if (runs.ok) this.runs.set(runs.value);
    else this.toasts.problem(runs.problem);
    if (!info.ok) return this.toasts.problem(info.problem);
    this.#info = info.value;
    this.vault.set(info.value.vault);
    for (const notice of info.value.notices) this.toasts.problem(notice);
  }

  /** Sends a command; a refusal is said in a toast and comes back as `null`. */
  async attempt<N extends CommandName>(name: N, input: CommandInput<N>): Promise<{ value: CommandOutput[N] } | null> {
    const result = await this.#bridge.call(name, input);
    if (result.ok) return { value: result.value };
    this.toasts.problem(result.problem);
    return null;
  }

  /** For parts that listen by themselves. */
  get bridge(): Bridge { return this.#bridge; }

  /** Sends a command whose refusal the caller shows itself. */
  call: Bridge['call'] = (name, input) => this.#bridge.call(name, input);

  selectEnvironment(id: string): void {
    this.comparing.hide();
    this.environments.select(id);
    this.current.close();
    this.reveals.follow(null);
  }

  openRun(id: string): void {
    this.comparing.hide();
    const environmentId = this.runs.byId(id)?.environmentId;
    if (environmentId && this.environments.byId(environmentId)) this.environments.select(environmentId);
    this.reveals.follow(id);
    void this.current.open(id);
  }

  /** Turns to what shows something that was found. */
  async showFound({ runId, selection }: FindHit): Promise<void> {
    this.openRun(runId);
    await this.current.open(runId);
    if (this.current.id === runId && selection) this.current.select(selection);
  }

  /** Turns to a refused request; its diagnosis stands beside it. */
  async #showRefusal(runId: string, exchangeId: string): Promise<void> {
    this.openRun(runId);
    await this.current.open(runId);
    if (this.current.id === runId) this.current.select({ kind: 'exchange', id: exchangeId });
  }

  /** Turns from a comparison to what stands in one of its columns. */
  showInRun(subject: CompareSubject, exchangeId?: string): void {
    if (subject.kind === 'environment') this.selectEnvironment(subject.environmentId);
    else if (exchangeId === undefined) this.openRun(subject.runId);
    else void this.#showRefusal(subject.runId, exchangeId);
  }

  /** Marks something for a comparison, or takes the mark away; says why where it cannot be. */
  mark(subject: CompareSubject): void {
    const refused = this.comparing.toggle(subject);
    if (refused !== null) this.toasts.say(refused, 'info');
  }

  #showImported(runId: string): void {
    this.openRun(runId);
    this.toasts.offer('Imported', 'Undo', () => void this.removeRun(runId));
  }

  /** What the last run with options of an environment was asked; until the app closes. */
  readonly runOptions = new Map<string, RunOptions>();

  async run(browser: FlowBrowser, options?: RunOptions): Promise<void> {
    const environmentId = this.environments.selected?.config.id;
    if (environmentId === undefined) return;
    if (options) this.runOptions.set(environmentId, options);
    const started = await this.attempt('run.start', { environmentId, browser, ...(options && { options }) });
    if (started) this.openRun(started.value.runId);
  }

  /** A new Run of the environment of another, with its browser. */
  async runAgain(run: RunState): Promise<void> {
    const environmentId = run.environment?.id;
    if (environmentId === undefined) return;
    const started = await this.attempt('run.start', { environmentId, browser: run.started?.browser === 'tracing' ? 'tracing' : 'system' });
    if (started) this.openRun(started.value.runId);
  }

  /** Acts on the open Run. Where that needs a fresh code, it is fetched with the browser the Run was made with. */
  async act(act: RunAction): Promise<void> {
    const runId = this.current.id;
    const browser = this.current.run?.started?.browser === 'tracing' ? 'tracing' : 'system';
    if (runId !== null) await this.attempt('run.act', { runId, act, browser });
  }

  /** The same, for a caller that shows the refusal itself. @returns the problem, `null` where it is being done */
  async tryAct(act: RunAction): Promise<Problem | null> {
    const runId = this.current.id;
    if (runId === null) return null;
    const browser = this.current.run?.started?.browser === 'tracing' ? 'tracing' : 'system';
    const answer = await this.#bridge.call('run.act', { runId, act, browser });
    return answer.ok ? null : answer.problem;
  }

  async cancel(): Promise<void> {
    const runId = this.current.id;
    if (runId !== null) await this.attempt('run.cancel', { runId });
  }

  removeRun(runId: string): Promise<void> { return this.removeRuns([runId]); }

  /** Deletes runs together; one Undo brings them all back. */
  async removeRuns(runIds: string[]): Promise<void> {
    if (!await this.attempt('run.removeMany', { runIds })) return;
    const open = this.current.id !== null && runIds.includes(this.current.id) ? this.current.id : null;
    if (open !== null) this.current.close();
    this.#deleted(runIds.length === 1 ? 'Run deleted' : `${runIds.length} runs deleted`, async () => {
      const restored = await this.attempt('run.restoreMany', { runIds });
      if (restored && open !== null && this.current.id === null) this.openRun(open);
      return restored !== null;
    });
  }

  #deleted(label: string, undo: () => Promise<boolean>): void {
    const deletion = { label, undo };
    this.deletions.add(deletion);
    this.toasts.offer(label, 'Undo', () => void this.deletions.undo(deletion));
  }

  async removeEnvironment(environmentId: string): Promise<void> {
    const name = this.environments.byId(environmentId)?.config.name ?? '';
    if (!await this.attempt('environment.remove', { environmentId })) return;
    this.#deleted(`“${name}” deleted`, () => this.#restoreEnvironment(environmentId));
  }

  async #restoreEnvironment(environmentId: string): Promise<boolean> {
    if (!await this.attempt('environment.restore', { environmentId })) return false;
    this.selectEnvironment(environmentId);
    return true;
  }

  async duplicateEnvironment(environmentId: string): Promise<void> {
    const copy = await this.attempt('environment.duplicate', { environmentId });
    if (copy) this.selectEnvironment(copy.value.config.id);
  }

  async copyAuthorizationUrl(): Promise<void> {
    const runId = this.current.id;
    if (runId !== null && await this.attempt('run.copyAuthorizationUrl', { runId })) this.toasts.say('Authorization URL copied. The clipboard is cleared in a minute.');
  }

  /** The masked command of a request of the open Run. */
  async copyCurl(exchangeId: string | null): Promise<void> {
    const runId = this.current.id;
    if (runId === null || exchangeId === null) return;
    const answer = await this.attempt('export.curl', { runId, exchangeId, secrets: false });
    if (!answer) return;
    if (!answer.value.copied && answer.value.text !== null) await this.copy(answer.value.text);
    this.toasts.say('curl copied, secrets as variables');
    for (const warning of answer.value.warnings) this.toasts.say(warning, 'info');
  }

  /** Opens the export of the open Run, or of the exchange on screen. */
  exportOpen(about?: 'exchange' | 'run'): void {
    const { id, selection } = this.current;
    if (id === null) return;
    const exchangeId = selection?.kind === 'exchange' ? selection.id : null;
    this.exports.open(id, exchangeId, about ?? (exchangeId === null ? 'run' : 'exchange'));
  }

  /** @param secret it holds a secret that was revealed: it does not stay on the clipboard */
  async copy(text: string, what = 'Copied', secret = false): Promise<boolean> {
    const copied = await this.attempt('clipboard.copyText', { text, ...(secret && { secret }) });
    if (copied) this.toasts.say(what);
    return copied !== null;
  }
}

export const [getApp, setApp] = createContext<AppState>();
