import { homedir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './index.ts';
import { systemKeychain } from '../vault/index.ts';
import { openSystemBrowser } from './run/browser.ts';

export interface ProcessFacts {
  /** Where the app keeps its environments and Runs. */
  dataFolder: string;
  versions: Record<string, string>;
}

/** How long a cancelled command may take to say what it has. */
const LAST_WORDS = 5000;

/** Runs a command with the standard streams, signals and variables of this process, and gives its exit code once all is written. */
export async function runInProcess(words: readonly string[], { dataFolder, versions }: ProcessFacts): Promise<number> {
  // A reader that closes early (`| head`) is no error of ours.
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => { process.exit(cause.code === 'EPIPE' ? 0 : 2); });
  const cancel = new AbortController();
  const onSignal = (): void => {
    cancel.abort();
    setTimeout(() => process.exit(2), LAST_WORDS).unref();
  };
  // Only what has something to cancel and to record is given the time for it.
  if (words[0] === 'run') for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  const code = await runCli(words, {
    // npm tells in INIT_CWD where it was called.
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    stdin: () => process.stdin,
    out: (text) => { process.stdout.write(text); },
    err: (text) => { process.stderr.write(text); },
    environment: process.env,
    dataFolder, versions, keychain: systemKeychain, cancel: cancel.signal, openSystemBrowser,
  }).catch((error: unknown) => {
    // The name only: a message may quote a value. Not Node's own 1, which means a refused grant.
    process.stderr.write(`Grantscope made a mistake in this command (${error instanceof Error ? error.name : 'unknown'}).\n`);
    return 2;
  });
  for (const stream of [process.stdout, process.stderr]) await new Promise<void>((written) => { stream.write('', () => written()); });
  return code;
}

/** Electron's `userData` of an app of that name, for a process that cannot ask Electron. */
export function userDataFolder(name: string, platform: NodeJS.Platform = process.platform, environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name);
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), name);
  return join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), name);
}
