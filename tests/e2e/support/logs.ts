import { join } from 'node:path';
import { browser } from '@wdio/globals';
import { stage } from './stage.ts';

/** From now on everything the main process writes to its standard output and error is in a file of the logs folder as well. */
export async function keepOutput(): Promise<void> {
  await browser.electron.execute((_electron, file) => {
    const { appendFileSync } = process.getBuiltinModule('node:fs');
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream) as (...written: unknown[]) => boolean;
      stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
        appendFileSync(file, chunk);
        return write(chunk, ...rest);
      }) as typeof stream.write;
    }
  }, join(stage().logs, 'main.log'));
}
