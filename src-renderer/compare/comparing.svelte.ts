import type { Bridge } from '../../src-main/contract/commands.ts';
import type { CompareSubject, Comparison, DifferenceClass } from '../../src-main/contract/compare.ts';
import { COMPARE_MAX, COMPARE_MIN } from '../../src-main/contract/compare-limits.ts';
import type { Problem } from '../../src-main/contract/result.ts';

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
  #number = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** The classes of rows beside the meaningful ones that are shown, and whether rows in which all agree are. */
  also = $state<{ expected: boolean; cosmetic: boolean; same: boolean }>({ expected: false, cosmetic: false, same: false });
  filter = $state('');
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
  get behind(): boolean { return !this.#shown && this.#subjects.length > 0; }

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
    if (!same) this.#comparison = null;
    this.#subjects = subjects;
    this.#shown = true;
    await this.#load();
  }

  /** To the Run behind a cell; the comparison can be come back to. */
  hide(): void { this.#shown = false; }

  close(): void {
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
