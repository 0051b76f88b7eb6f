import type { Bridge } from '../../src-main/contract/commands.ts';
import type { EnvironmentView } from '../../src-main/contract/environment.ts';

/** The environments and which of them is selected. Nothing of them is kept in the window beyond this session. */
export class Environments {
  #list = $state.raw<EnvironmentView[]>([]);
  #selectedId = $state<string | null>(null);
  readonly #selected = $derived(this.#list.find(({ config }) => config.id === this.#selectedId) ?? null);

  constructor(bridge: Bridge) {
    bridge.on('environments-changed', ({ environments }) => this.set(environments));
  }

  get list(): readonly EnvironmentView[] { return this.#list; }
  get selected(): EnvironmentView | null { return this.#selected; }

  set(list: EnvironmentView[]): void {
    this.#list = list;
    if (!list.some(({ config }) => config.id === this.#selectedId)) this.#selectedId = list[0]?.config.id ?? null;
  }

  byId(id: string | null): EnvironmentView | null {
    return this.#list.find(({ config }) => config.id === id) ?? null;
  }

  select(id: string): void { this.#selectedId = id; }
}
