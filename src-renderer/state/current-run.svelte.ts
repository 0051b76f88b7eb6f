import type { Bridge, ClockReading } from '../../src-main/contract/commands.ts';
import type { Problem } from '../../src-main/contract/result.ts';
import type { RunEvent } from '../../src-main/contract/run.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';
import { RunFeed } from './run-feed.ts';
import type { Selection } from './selection.ts';
import { firstSelection } from './selection.ts';

/** The Run that is open: its fold, what is selected in it, and the clock of main at the time it was opened. */
export class CurrentRun {
  #id = $state<string | null>(null);
  #run = $state.raw<RunState | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #selection = $state.raw<Selection | null>(null);
  #clock: { reading: ClockReading; at: number } | null = null;
  #feed = new RunFeed();
  #painting = false;
  #chosen = false;
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    bridge.on('run-event', ({ runId, event }) => this.#receive(runId, event));
  }

  get id(): string | null { return this.#id; }
  /** `null` until the Run has been read. A new object for each change. */
  get run(): RunState | null { return this.#run; }
  /** Why the Run could not be read. */
  get problem(): Problem | null { return this.#problem; }
  get selection(): Selection | null { return this.#selection; }

  /** The clocks of main now, as far as the window can tell. */
  get mainClock(): ClockReading | null {
    if (!this.#clock) return null;
    const passed = performance.now() - this.#clock.at;
    const { at, mono, boot } = this.#clock.reading;
    return { at: at + passed, mono: mono + passed, boot };
  }

  select(selection: Selection | null): void {
    this.#chosen = selection !== null;
    this.#selection = selection;
  }

  close(): void {
    this.#id = null;
    this.#run = null;
    this.#problem = null;
    this.#selection = null;
    this.#clock = null;
  }

  async open(runId: string): Promise<void> {
    if (this.#id !== runId) {
      this.close();
      this.#chosen = false;
      this.#id = runId;
    }
    const feed = new RunFeed();
    this.#feed = feed;
    const opened = await this.#bridge.call('run.open', { runId });
    if (this.#feed !== feed || this.#id !== runId) return;
    if (!opened.ok) {
      this.#problem = opened.problem;
      return;
    }
    this.#clock = { reading: opened.value.clock, at: performance.now() };
    if (feed.load(opened.value.events) === 'gap') return this.open(runId);
    this.#run = feed.snapshot;
    if (!this.#chosen) this.#selection = firstSelection(this.#run);
  }

  #receive(runId: string, event: RunEvent): void {
    if (runId !== this.#id) return;
    const received = this.#feed.receive(event);
    if (received === 'gap') void this.open(runId);
    if (received === 'applied') this.#repaint(event);
  }

  /** At most once a frame: a fast Run must not cost a layout for each event. */
  #repaint(event: RunEvent): void {
    // After the flow an exchange is what the person has just asked for (Refresh, Revoke …): show what came of it.
    // A probe is asked from the diagnosis, which takes its answer in: it stays in view.
    const probing = 'step' in event && this.#feed.snapshot.steps.find(({ id }) => id === event.step)?.kind === 'probe';
    if (probing) return this.#paint();
    if (event.type === 'grant-refused') this.#selection = { kind: 'exchange', id: event.exchangeId };
    if (event.type === 'exchange-recorded' && this.#run?.ended) this.#selection = { kind: 'exchange', id: event.exchange.id };
    if (event.type === 'flow-ended' && !this.#chosen) this.#selection = firstSelection(this.#feed.snapshot);
    this.#paint();
  }

  #paint(): void {
    if (this.#painting) return;
    this.#painting = true;
    // A hidden window paints no frames, and must still be right when somebody looks.
    const later = document.hidden ? (paint: () => void) => setTimeout(paint, 50) : requestAnimationFrame;
    later(() => {
      this.#painting = false;
      if (this.#id !== null && this.#feed.loaded) this.#run = this.#feed.snapshot;
    });
  }
}
