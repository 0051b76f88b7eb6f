/**
 * commands/: everything a person can do here by key, palette, menu or context menu, each in one place: its name and keys in the
 * contract (the native menu shows them too), what it does in `actions/`. For the whole window. Refuses what cannot be done now, with the
 * reason, and keys while a dialog has the person's attention.
 */
import type { WindowCommandId } from '../../src-main/contract/window-commands.ts';
import { WINDOW_COMMAND_IDS, windowCommand } from '../../src-main/contract/window-commands.ts';
import type { AppState } from '../state/app.svelte.ts';
import type { Action, Choice } from './action.ts';
import { environmentActions } from './actions/environment.ts';
import { runActions } from './actions/run.ts';
import { tokenActions } from './actions/token.ts';
import { viewActions } from './actions/view.ts';
import { isTextField, keysText, matches } from './keys.ts';
import { Recent } from './recent.svelte.ts';

/** What lies over the window for a command; one at a time. */
export type Surface = { kind: 'palette'; step?: WindowCommandId } | { kind: 'shortcuts' | 'settings' | 'find' | 'run-options' | 'call' | 'refresh' };

/** Commands that open what may stand over the palette itself, which is a dialog too. */
const ofPalette: readonly WindowCommandId[] = ['palette.open'];

export class Commands {
  #surface = $state.raw<Surface | null>(null);
  readonly recent = new Recent();
  readonly #app: AppState;
  readonly #actions: Readonly<Record<WindowCommandId, Action>>;

  constructor(app: AppState) {
    this.#app = app;
    this.#actions = { ...environmentActions(app), ...runActions(app), ...tokenActions(app), ...viewActions(app) };
  }

  get surface(): Surface | null { return this.#surface; }
  open(surface: Surface): void { this.#surface = surface; }
  close(): void { this.#surface = null; }

  get mac(): boolean { return this.#app.info?.platform === 'darwin'; }

  /** What a tooltip or menu says of the keys, e.g. Ctrl+K; empty where there are none. */
  keysOf(id: WindowCommandId): string {
    const [keys] = windowCommand(id).keys ?? [];
    return keys === undefined ? '' : keysText(keys, this.mac);
  }

  /** Why a command cannot be done now; `null` where it can. */
  whyNot(id: WindowCommandId): string | null { return this.#actions[id].whyNot?.() ?? null; }

  choices(id: WindowCommandId): Choice[] | null { return this.#actions[id].choices?.() ?? null; }

  /** Does it, asks which one first, or says why not. */
  run(id: WindowCommandId): void {
    const why = this.whyNot(id);
    if (why !== null) return this.#app.toasts.say(why, 'info');
    this.recent.add(id);
    const choices = this.choices(id)?.filter(({ disabled }) => disabled === undefined);
    if (choices === undefined) return this.#actions[id].run();
    const [only] = choices;
    if (choices.length === 1 && only && !windowCommand(id).title.endsWith('…')) return only.run();
    this.open({ kind: 'palette', step: id });
  }

  /** From the native menu: where a dialog has the person's attention, nothing happens behind it. */
  runFromMenu(id: WindowCommandId): void {
    if (document.querySelector('[role="dialog"], [role="alertdialog"]') === null) this.run(id);
  }

  /** @returns whether the key was a command's */
  press(event: KeyboardEvent): boolean {
    const inText = isTextField(event.target);
    const inDialog = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
    const id = WINDOW_COMMAND_IDS.find((candidate) => {
      const { keys = [], role, inText: everywhere } = windowCommand(candidate);
      return role === undefined && (!inText || everywhere === true) && keys.some((chord) => matches(event, chord, this.mac));
    });
    if (id === undefined || event.repeat && !id.startsWith('step.') && !id.startsWith('run.next')) return false;
    if (inDialog && !(ofPalette.includes(id) && this.#surface?.kind === 'palette')) return false;
    this.run(id);
    return true;
  }
}
