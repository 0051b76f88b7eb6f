import type { WindowCommandId } from '../../src-main/contract/window-commands.ts';
import { WINDOW_COMMAND_IDS } from '../../src-main/contract/window-commands.ts';

const KEY = 'grantscope.recent-commands';
const KEPT = 6;

/** What was done last, for the top of the palette. Only names of commands are kept in local storage: no Run, no text. */
export class Recent {
  #ids = $state.raw(read());

  get ids(): readonly WindowCommandId[] { return this.#ids; }

  add(id: WindowCommandId): void {
    if (id === 'palette.open') return;
    this.#ids = [id, ...this.#ids.filter((other) => other !== id)].slice(0, KEPT);
    localStorage.setItem(KEY, JSON.stringify(this.#ids));
  }
}

function read(): WindowCommandId[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? WINDOW_COMMAND_IDS.filter((id) => kept.includes(id)).sort((a, b) => kept.indexOf(a) - kept.indexOf(b)).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}
