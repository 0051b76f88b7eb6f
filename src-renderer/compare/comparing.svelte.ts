import type { Bridge } from '../../src-main/contract/commands.ts';
import type { CompareSubject, Comparison, DifferenceClass } from '../../src-main/contract/compare.ts';
import { COMPARE_MAX, COMPARE_MIN } from '../../src-main/contract/compare-limits.ts';
import type { Problem } from '../../src-main/contract/result.ts';
import type { RunAllOrder } from './run-all.svelte.ts';
import { RunAll } from './run-all.svelte.ts';

/** A Run that goes on while it is compared is read again, but not for every event. */
const SETTLE = 400;

export const keyOf = (subject: CompareSubject): string => (subject.kind === 'run' ? subject.runId : subject.environmentId);

/** What is marked for a comparison, and the comparison on screen. */
export class Comparing {
  #marked = $state.raw<readonly CompareSubject[]>([]);
  #subjects = $state.raw<readonly CompareSubject[]>([]);
  #comparison = $state.raw<Comparison | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #shown = $state(false);
  #slow = $state(false);
  #all = $state.raw<RunAll | null>(null);
  #number = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** The classes of rows beside the meaningful ones that are shown, and whether rows in which all agree are. */
  also = $state<{ expected: boolean; cosmetic: boolean; same: boolean }>({ expected: false, cosmetic: false, same: false });
  filter = $state('');
  /** How far down and sideways it was read, for coming back to it. Not reactive: only the view writes it, and reads it once. */
  place = { top: 0, left: 0 };
  /** The dialog that is open: choosing a partner for a Run, or running several environments. */
  asking = $state.raw<{ what: 'partner'; runId: string } | { what: 'run-all'; environmentIds: string[] } | null>(null);
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    bridge.on('run-event', ({ runId }) => this.#changed(runId));
  }

  get marked(): readonly CompareSubject[] { return this.#marked; }
  get subjects(): readonly CompareSubject[] { return this.#subjects; }
  get comparison(): Comparison | null { return this.#comparison; }
  get problem(): Problem | null { return this.#problem; }
  /** The comparison takes the place of the Run. */
  get shown(): boolean { return this.#shown; }
  /** It takes long enough to say so. */
  get slow(): boolean { return this.#slow; }
  /** One that was left for a Run and can be come back to. */
  get behind(): boolean { return !this.#shown && (this.#subjects.length > 0 || this.#all !== null); }
  /** The environments that are being run for this comparison. */
  get all(): RunAll | null { return this.#all; }

  isMarked(subject: CompareSubject): boolean {
    return this.#marked.some((one) => keyOf(one) === keyOf(subject));
  }

  /** @returns why it cannot be marked, `null` where it was marked or unmarked */
  toggle(subject: CompareSubject): string | null {
    if (this.isMarked(subject)) this.#marked = this.#marked.filter((one) => keyOf(one) !== keyOf(subject));
    else if (this.#marked.length >= COMPARE_MAX) return `${COMPARE_MAX} can stand side by side. Take one out first.`;
    else this.#marked = [...this.#marked, subject];
    return null;
  }

  clear(): void { this.#marked = []; }

  async open(subjects: readonly CompareSubject[] = this.#marked): Promise<void> {
    if (subjects.length < COMPARE_MIN) return;
    const same = this.#comparison !== null && subjects.map(keyOf).join() === this.#subjects.map(keyOf).join();
    if (!same) {
      if (this.#all?.going) void this.#all.cancel();
      this.#all = null;
      this.#comparison = null;
      this.place = { top: 0, left: 0 };
    }
    this.#subjects = subjects;
    this.#shown = true;
    await this.#load();
  }

  /** Back to the one that was left for a Run. */
  back(): void {
    this.#shown = true;
    if (this.#subjects.length >= COMPARE_MIN) void this.#load();
  }

  /** Runs environments and shows them as soon as there are two to compare, while they go on. */
  async runAll(order: Omit<RunAllOrder, 'onbegun'>): Promise<void> {
    this.close();
    this.clear();
    const all: RunAll = new RunAll(this.#bridge, { ...order, onbegun: (runIds) => { if (this.#all === all) this.#follow(runIds); } });
    this.#all = all;
    this.asking = null;
    this.#shown = true;
    await all.start();
  }

  /** To the Run behind a cell; the comparison can be come back to. */
  hide(): void { this.#shown = false; }

  /** Ends with it what is still being run for it. */
  close(): void {
    if (this.#all?.going) void this.#all.cancel();
    this.#all = null;
    this.place = { top: 0, left: 0 };
    this.#number += 1;
    clearTimeout(this.#later);
    this.#shown = false;
    this.#slow = false;
    this.#subjects = [];
    this.#comparison = null;
    this.#problem = null;
  }

  shows(difference: DifferenceClass | null): boolean {
    return difference === 'meaningful' || (difference === null ? this.also.same : this.also[difference]);
  }

  #follow(runIds: readonly string[]): void {
    if (runIds.length < COMPARE_MIN) return;
    this.#subjects = runIds.map((runId) => ({ kind: 'run', runId }));
    void this.#load();
  }

  async #load(): Promise<void> {
    const number = (this.#number += 1);
    const slow = setTimeout(() => { if (number === this.#number) this.#slow = true; }, 300);
    const answer = await this.#bridge.call('compare.open', { subjects: [...this.#subjects] });
    clearTimeout(slow);
    // What was chosen meanwhile counts.
    if (number !== this.#number) return;
    this.#slow = false;
    this.#comparison = answer.ok ? answer.value : null;
    this.#problem = answer.ok ? null : answer.problem;
  }

  #changed(runId: string): void {
    if (!this.#subjects.some((subject) => keyOf(subject) === runId)) return;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#load(), SETTLE);
  }
}
