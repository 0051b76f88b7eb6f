import type { NewRunEvent, RunEvent, RunState } from '../contract/index.ts';
import { applyEvent, emptyRunState } from '../contract/index.ts';
import type { Clock } from './clock.ts';
import { Gate } from './gate.ts';

/** Takes an event when it has happened. Called in order, never twice for one event. */
export type EventSink = (event: RunEvent) => void;

/** What the steps of a flow see of the Run being recorded. */
export type Recording = Pick<Recorder, 'events' | 'state' | 'record' | 'gate'>;

/**
 * The append-only list of one Run: numbers and times each event, folds it and hands it on.
 *
 * A sink that throws is a programmer mistake and stops the step that recorded; storage problems are results of the sink's own.
 */
export class Recorder {
  readonly events: RunEvent[] = [];
  readonly state: RunState = emptyRunState();
  /** Where the Run waits for the person. */
  readonly gate: Gate;
  readonly #clock: Clock;
  readonly #sink: EventSink;

  /**
   * @param known events of a Run read back from history, to be continued
   */
  constructor(clock: Clock, sink: EventSink, known: readonly RunEvent[] = [], gate = new Gate()) {
    this.gate = gate;
    this.#clock = clock;
    this.#sink = sink;
    for (const event of known) {
      this.events.push(event);
      applyEvent(this.state, event);
    }
  }

  record(event: NewRunEvent): RunEvent {
    const recorded = { seq: this.events.length, ...this.#clock.read(), ...event } as RunEvent;
    this.events.push(recorded);
    applyEvent(this.state, recorded);
    this.#sink(recorded);
    return recorded;
  }
}
