import { setTimeout as pause } from 'node:timers/promises';
import { browser } from '@wdio/globals';

/** Longest time the app takes to cancel its flows, stop the practice provider and close the database, in milliseconds. */
const CLOSING = 3500;

/**
 * Quits the app as a person does, and then ends what is left of its process. With a debugger attached (which is how WebDriver reaches
 * the main process) Node waits at its exit for the debugger to go, long after the app has closed its database.
 */
export async function quitApp(): Promise<void> {
  const pid = await browser.electron.execute((electron) => {
    setTimeout(() => electron.app.quit(), 20);
    return process.pid;
  });
  const end = performance.now() + CLOSING;
  while (performance.now() < end && isThere(pid)) await pause(100);
  if (isThere(pid)) process.kill(pid, 'SIGKILL');
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
