import type { Bridge, Explained } from '../../src-main/contract/commands.ts';
import type { Problem } from '../../src-main/contract/result.ts';

export type Explanation = { state: 'asking' } | { state: 'ready'; value: Explained } | { state: 'failed'; problem: Problem };

/** Diagnoses of the open Run, asked for when looked at and again when the Run has grown since. */
export class Diagnoses {
  #shown = $state.raw<Explanation>({ state: 'asking' });
  #asked = '';
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  get shown(): Explanation { return this.#shown; }

  /**
   * @param exchangeId the refused request, or `#seq` of the callback that brought an error; `null` for the last refusal
   * @param events how many events the Run has, so that a later one asks again
   */
  ask(runId: string, exchangeId: string | null, events: number): void {
    const subject = `${runId} ${exchangeId ?? ''}`;
    const question = `${subject} ${events}`;
    if (question === this.#asked) return;
    if (!this.#asked.startsWith(`${subject} `)) this.#shown = { state: 'asking' };
    this.#asked = question;
    void this.#bridge.call('diagnosis.explain', { runId, ...(exchangeId !== null && { exchangeId }) }).then((answer) => {
      if (question !== this.#asked) return;
      this.#shown = answer.ok ? { state: 'ready', value: answer.value } : { state: 'failed', problem: answer.problem };
    });
  }
}
