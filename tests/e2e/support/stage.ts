import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Desktop } from '../../support/desktop/desktop.ts';
import { startDesktop } from '../../support/desktop/desktop.ts';

/** What one spec file plays on: a private desktop and a fresh data folder. */
interface Stage { desktop: Desktop; userData: string; /** Where the app's logs go: Chromium's with every console message, and what `keepOutput` copies. */ logs: string }

// The runner may load this module once for the configuration and once for the specs: both must see the same stage.
const held = globalThis as typeof globalThis & { grantscopeStage?: Stage };

export async function openStage(capabilities: WebdriverIO.Capabilities, scratch: string): Promise<void> {
  const folder = mkdtempSync(join(scratch, 'stage-'));
  const userData = join(folder, 'user-data');
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const desktop = await startDesktop(folder);
  Object.assign(process.env, desktop.environment);
  const options = capabilities['goog:chromeOptions'];
  if (!options) throw new Error('The electron service set no options to start the app with.');
  options.args = [...(options.args ?? []), `--user-data-dir=${userData}`, '--enable-logging=file', '--v=0', `--log-file=${join(logs, 'chromium.log')}`];
  held.grantscopeStage = { desktop, userData, logs };
}

export function stage(): Stage {
  if (!held.grantscopeStage) throw new Error('No stage is open.');
  return held.grantscopeStage;
}

export async function stopStage(): Promise<void> {
  await held.grantscopeStage?.desktop.close();
  delete held.grantscopeStage;
}
