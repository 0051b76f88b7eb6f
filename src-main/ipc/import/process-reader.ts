import type { UtilityProcess } from 'electron';
import { utilityProcess } from 'electron';
import type { ImportPreview, ImportScope } from '../../contract/import.ts';
import type { Problem, Result } from '../../contract/result.ts';
import { fail } from '../../contract/result.ts';
import type { RunEvent } from '../../contract/run.ts';
import type { Answers, Order } from './messages.ts';
import type { ImportReader } from './reader.ts';

/** Reads in a process of its own, which `close` ends at once. */
export class ProcessReader implements ImportReader {
  readonly #child: UtilityProcess;
  readonly #waiting: ((answer: Result<never>) => void)[] = [];
  #ended = false;

  /** @param entry absolute path of the process's built script */
  constructor(entry: string) {
    // Nothing of the app's environment is its business.
    this.#child = utilityProcess.fork(entry, [], { serviceName: 'Grantscope import', env: {}, stdio: 'ignore' });
    this.#child.on('message', (answer: Result<never>) => this.#waiting.shift()?.(answer));
    this.#child.once('exit', () => {
      this.#ended = true;
      for (const answer of this.#waiting.splice(0)) answer(fail(ended));
    });
  }

  preview(text: string, answer?: string, fileName?: string): Promise<Result<ImportPreview>> {
    return this.#ask({ order: 'preview', text, answer, fileName });
  }

  begin(title: string, what: ImportScope, importedAt: number): Promise<Result<null>> {
    return this.#ask({ order: 'begin', title, what, importedAt });
  }

  next(): Promise<Result<RunEvent[]>> {
    return this.#ask({ order: 'next' });
  }

  close(): void {
    this.#child.kill();
  }

  #ask<O extends Order>(order: O): Promise<Answers[O['order']]> {
    if (this.#ended) return Promise.resolve(fail(ended) as Answers[O['order']]);
    const { promise, resolve } = Promise.withResolvers<Answers[O['order']]>();
    this.#waiting.push(resolve as (answer: Result<never>) => void);
    this.#child.postMessage(order);
    return promise;
  }
}

const ended: Problem = {
  code: 'import-ended', message: 'The import could not be read to its end.', why: 'The process that reads it has ended: the text may need more memory than there is.',
  next: 'Export fewer requests, for instance only those to the authorization server.',
};
