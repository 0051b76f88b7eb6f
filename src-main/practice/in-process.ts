import type { PracticeLifetimes } from '../contract/environment.ts';
import type { Result } from '../contract/result.ts';
import type { PracticeInfo, PracticeProvider } from './provider.ts';
import { startPracticeProvider } from './provider.ts';

/** The practice provider inside the caller's own process, for the command line, with the same two verbs as `PracticeHost`. */
export class InProcessPractice {
  #starting: Promise<Result<PracticeProvider>> | null = null;

  /** Starts it, or gives the running one the lifetimes. Calls made together share one start. */
  async start(lifetimes: PracticeLifetimes): Promise<Result<PracticeInfo>> {
    const starting = this.#starting ??= startPracticeProvider({ lifetimes });
    const started = await starting;
    if (!started.ok) {
      if (this.#starting === starting) this.#starting = null;
      return started;
    }
    started.value.setLifetimes(lifetimes);
    return { ok: true, value: started.value.info };
  }

  async stop(): Promise<void> {
    const started = await this.#starting;
    this.#starting = null;
    if (started?.ok) await started.value.close();
  }
}
