import type { UtilityProcess } from 'electron';
import { utilityProcess } from 'electron';
import type { PracticeLifetimes } from '../contract/environment.ts';
import type { Problem, Result } from '../contract/result.ts';
import { fail } from '../contract/result.ts';
import type { Order, Started } from './messages.ts';
import type { PracticeInfo } from './provider.ts';

const START_LIMIT = 15_000;
const STOP_LIMIT = 2000;

/** The practice provider as the app holds it: one process, started when first asked for, started again after it ended. */
export class PracticeHost {
  readonly #entry: string;
  #child: UtilityProcess | null = null;
  #starting: Promise<Result<PracticeInfo>> | null = null;
  #info: PracticeInfo | null = null;

  /** @param entry absolute path of the process's built script */
  constructor(entry: string) {
    this.#entry = entry;
  }

  /** Where it runs; null before the first start and after the end. */
  info(): PracticeInfo | null { return this.#info; }

  /** Starts it, or gives the running one the lifetimes. Calls made together share one start. */
  async start(lifetimes: PracticeLifetimes): Promise<Result<PracticeInfo>> {
    this.#starting ??= this.#fork(lifetimes);
    const started = await this.#starting;
    if (started.ok) this.setLifetimes(lifetimes);
    return started;
  }

  setLifetimes(lifetimes: PracticeLifetimes): void {
    this.#tell({ order: 'set-lifetimes', lifetimes });
  }

  /** Ends the process; by force where it does not end by itself. A start after this is a new one. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#forget();
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.postMessage({ order: 'stop' } satisfies Order);
    const force = setTimeout(() => child.kill(), STOP_LIMIT);
    await ended;
    clearTimeout(force);
  }

  #forget(): void {
    this.#child = null;
    this.#info = null;
    this.#starting = null;
  }

  #tell(order: Order): void {
    this.#child?.postMessage(order);
  }

  #fork(lifetimes: PracticeLifetimes): Promise<Result<PracticeInfo>> {
    const answer = Promise.withResolvers<Result<PracticeInfo>>();
    // Nothing of the app's environment is its business; Windows needs SystemRoot to open sockets.
    const env = process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] };
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'Grantscope practice provider', env, stdio: 'ignore' });
    this.#child = child;
    child.on('message', (message: Started) => answer.resolve(message.started));
    child.once('exit', () => {
      answer.resolve(fail(ended));
      if (this.#child === child) this.#forget();
    });
    const limit = setTimeout(() => answer.resolve(fail(late)), START_LIMIT);
    this.#tell({ order: 'start', lifetimes });
    return answer.promise.then((started) => {
      clearTimeout(limit);
      if (!started.ok) child.kill();
      else if (this.#child === child) this.#info = started.value;
      return started;
    });
  }
}

const ended: Problem = {
  code: 'practice-ended', message: 'The practice provider ended before it was ready.', next: 'Run again. If it keeps ending, please report it.',
};
const late: Problem = {
  code: 'practice-late', message: `The practice provider was not ready after ${START_LIMIT / 1000} s.`, why: 'The machine is very busy, or something stops the process.', next: 'Run again.',
};
