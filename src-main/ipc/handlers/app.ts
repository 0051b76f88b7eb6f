import type { AppInfo, Problem } from '../../contract/index.ts';
import { ok } from '../../contract/index.ts';
import type { Services } from '../../services.ts';
import { externalUrl } from '../../shell/index.ts';
import type { Handlers } from '../channels.ts';

export interface AppFacts { versions: Record<string, string>; platform: string; dataFolder: string; tour: boolean; notices: Problem[] }

/** The app itself and its vault. */
export function appHandlers(
  services: Services, facts: AppFacts, openExternal: (url: string) => Promise<void>, setTheme: (theme: 'system' | 'light' | 'dark') => void, onVaultChange: () => Promise<void>,
): Pick<Handlers, 'app.info' | 'app.openExternal' | 'app.theme' | 'vault.retry' | 'vault.reset'> {
  const { vault } = services;
  return {
    'app.info': async () => ok({ ...facts, vault: vault.status() } satisfies AppInfo),
    'app.openExternal': async ({ url }) => {
      const judged = externalUrl(url);
      if (!judged.ok) return judged;
      await openExternal(judged.value);
      return ok(null);
    },
    'app.theme': async ({ theme }) => {
      setTheme(theme);
      return ok(null);
    },
    'vault.retry': async () => {
      const status = await vault.retry();
      await onVaultChange();
      return ok(status);
    },
    'vault.reset': async () => {
      const status = await vault.reset();
      await onVaultChange();
      return ok(status);
    },
  };
}
