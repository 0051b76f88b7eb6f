import type { WindowCommandId } from '../../../src-main/contract/window-commands.ts';
import type { AppState } from '../../state/app.svelte.ts';
import type { Action } from '../action.ts';

type Ids = Extract<WindowCommandId, `environment.${string}`>;

/** The selected environment. */
export function environmentActions(app: AppState): Record<Ids, Action> {
  const selected = (): string | null => app.environments.selected?.config.id ?? null;
  const whyNot = (): string | null => (selected() === null ? 'There is no environment yet.' : null);
  const on = (work: (id: string) => void) => (): void => {
    const id = selected();
    if (id !== null) work(id);
  };
  return {
    'environment.new': { run: () => app.edit(null) },
    'environment.edit': { whyNot, run: on((id) => app.edit(id)) },
    'environment.duplicate': { whyNot, run: on((id) => void app.duplicateEnvironment(id)) },
    'environment.delete': { whyNot, run: on((id) => void app.removeEnvironment(id)) },
    'environment.home': { whyNot, run: on((id) => app.selectEnvironment(id)) },
  };
}
