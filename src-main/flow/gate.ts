import type { EditedValue, GoOn, RunEventOf, StepKind } from '../contract/index.ts';
import type { Recording } from './recorder.ts';

type Paused = Pick<RunEventOf<'paused'>, 'before' | 'reason' | 'seconds' | 'request' | 'host' | 'namedBy'>;
type Pair = { name: string; value: string };

/**
 * Where a Run waits for the person: before a step, while a code is held, before a request goes out. One wait at a time.
 * A cancelled Run waits for nothing.
 */
export class Gate {
  readonly #stepByStep: boolean;
  readonly #editRequest: boolean;
  readonly #asks: boolean;
  /** Hosts the person allowed while this piece of work goes on. */
  readonly allowedHosts = new Set<string>();
  #waiting: ((answer: GoOn) => void) | null = null;
  #last: Promise<unknown> = Promise.resolve();
  readonly #asked = new Map<string, Promise<GoOn>>();

  /** @param asks there is a person who answers */
  constructor({ stepByStep = false, editRequest = false }: { stepByStep?: boolean | undefined; editRequest?: boolean | undefined } = {}, asks = false) {
    this.#asks = asks;
    this.#stepByStep = stepByStep;
    this.#editRequest = editRequest;
  }

  /** Whether a step of this kind may lie waiting for the person while it goes on; then its own limit is no measure. The requests in it keep theirs. */
  mayWaitIn(kind: StepKind): boolean { return this.#editRequest || (this.#asks && kind !== 'receive' && kind !== 'poll' && kind !== 'logout'); }
  get editsRequests(): boolean { return this.#editRequest; }
  get asks(): boolean { return this.#asks; }

  /** The person goes on. @returns false where nothing waits */
  goOn(answer: GoOn): boolean {
    this.#waiting?.(answer);
    return this.#waiting !== null;
  }

  async beforeStep(recording: Recording, kind: StepKind, cancel: AbortSignal): Promise<void> {
    if (this.#stepByStep) await this.wait(recording, { before: kind, reason: 'step-by-step' }, cancel);
  }

  /** Waits until the person goes on, the seconds are over or the Run is cancelled; records both ends of the wait. */
  wait(recording: Recording, paused: Paused, cancel: AbortSignal): Promise<GoOn> {
    // Two requests at once may both have a question; the window shows one.
    const answer = this.#last.then(() => this.#wait(recording, paused, cancel));
    this.#last = answer;
    return answer;
  }

  /** Asks whether secrets may go to a host; requests that want to go there at the same time share one question. */
  async askAbout(host: string, recording: Recording, paused: Omit<Paused, 'host' | 'reason'>, cancel: AbortSignal): Promise<boolean> {
    let answer = this.#asked.get(host);
    if (answer === undefined) {
      answer = this.wait(recording, { ...paused, host, reason: 'foreign-host' }, cancel).finally(() => this.#asked.delete(host));
      this.#asked.set(host, answer);
    }
    if ((await answer).allow === undefined) return false;
    this.allowedHosts.add(host);
    return true;
  }

  async #wait(recording: Recording, paused: Paused, cancel: AbortSignal): Promise<GoOn> {
    if (cancel.aborted) return {};
    recording.record({ type: 'paused', ...paused });
    const over = Promise.withResolvers<GoOn>();
    const end = (): void => over.resolve({});
    const timer = paused.seconds === undefined ? undefined : setTimeout(end, paused.seconds * 1000);
    cancel.addEventListener('abort', end, { once: true });
    this.#waiting = over.resolve;
    const answer = await over.promise;
    this.#waiting = null;
    clearTimeout(timer);
    cancel.removeEventListener('abort', end);
    recording.record({ type: 'resumed', before: paused.before, edited: answer.request !== undefined });
    return answer;
  }

  /**
   * Shows a request before it goes out.
   *
   * @returns what to send instead; `null` for as it is
   */
  async edit(
    recording: Recording, step: StepKind, request: { parameters: readonly Pair[]; headers: readonly Pair[] }, cancel: AbortSignal,
  ): Promise<{ parameters: Pair[]; headers: Pair[] } | null> {
    const answer = await this.wait(recording, { before: step, reason: 'edit-request', request: { parameters: [...request.parameters], headers: [...request.headers] } }, cancel);
    if (!answer.request) return null;
    return { parameters: resolved(answer.request.parameters, request.parameters), headers: resolved(answer.request.headers, request.headers) };
  }
}

function resolved(edited: readonly EditedValue[], original: readonly Pair[]): Pair[] {
  return edited.map((line) => ('keep' in line ? { name: line.name, value: original[line.keep]?.value ?? '' } : { name: line.name, value: line.value }));
}
