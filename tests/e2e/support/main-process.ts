import { setTimeout as pause } from 'node:timers/promises';
import ElectronWorkerService from '@wdio/electron-service';

const TRIES = 5;

/**
 * Makes sure that tests reach the main process. The service asks it for a promise when it connects, and where a garbage collection falls into
 * those milliseconds it is told "Promise was collected" and goes on without: then it is connected again. No test is repeated.
 */
export async function reachMainProcess(capabilities: WebdriverIO.Capabilities, specs: string[], browser: WebdriverIO.Browser): Promise<void> {
  // The service's own hook runs beside this one.
  for (let waited = 0; (browser as { electron?: unknown }).electron === undefined && waited < 60_000; waited += 50) await pause(50);
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await isReached(browser)) return;
    process.stdout.write('The way to the main process is made again.\n');
    await new ElectronWorkerService({}, capabilities, {} as WebdriverIO.Config).before(capabilities, specs, browser);
  }
}

/** Where there is no way, the service refuses at once instead of by a promise. */
async function isReached(browser: WebdriverIO.Browser): Promise<boolean> {
  try {
    return (await browser.electron.execute(() => true)) === true;
  } catch {
    return false;
  }
}
