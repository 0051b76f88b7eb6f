import type { Bridge } from '../../src-main/contract/commands.ts';
import type { RenewalView } from '../../src-main/contract/options/renewal.ts';

/** What is being renewed, as main tells it. */
export class Renewals {
  #list = $state.raw<RenewalView[]>([]);

  constructor(bridge: Bridge) {
    bridge.on('renewal-changed', ({ renewals }) => { this.#list = renewals; });
    void bridge.call('renewal.list', {}).then((answer) => { if (answer.ok && this.#list.length === 0) this.#list = answer.value; });
  }

  ofRun(runId: string | null): RenewalView | null { return this.#list.find((view) => view.runId === runId) ?? null; }
}
