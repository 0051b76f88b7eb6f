import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import type { Result } from '../../../src-main/contract/index.ts';
import type { PracticeInfo } from '../../../src-main/practice/index.ts';

export interface HostAnswer { info?: PracticeInfo | null; started?: Result<PracticeInfo>[]; processes: number[] }

/** `host-app.mjs` in a real Electron, so that the practice provider runs in its real process. */
export interface HostApp {
  /** The Electron main process. */
  readonly pid: number;
  order(order: 'look' | 'start' | 'quicken' | 'stop'): Promise<HostAnswer>;
  /** Resolves when the app has ended, however. */
  readonly ended: Promise<void>;
}

/** Starts the app with the Electron the tests run in, on a display of its own where there is none. */
export async function startHostApp(): Promise<HostApp> {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  const command = [process.execPath, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), resolve('tests/support/practice/host-app.mjs')];
  if (process.platform === 'linux' && env['DISPLAY'] === undefined) command.unshift('xvfb-run', '-a');
  const child = spawn(command[0] as string, command.slice(1), { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => JSON.parse((await lines.next() as { value: string }).value) as T;
  const { ready } = await next<{ ready: number }>();
  return {
    pid: ready,
    order: (order) => {
      child.stdin.write(`${order}\n`);
      return next();
    },
    ended: new Promise((done) => { child.once('exit', () => done()); }),
  };
}
