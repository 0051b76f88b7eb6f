/**
 * cli/: the same services without a window.
 *
 * `runCli` takes the words of the command line and gives the exit code; `main.ts` is the entry for plain Node and Electron's Node,
 * `process.ts` for both and for the app, which hands over to it when it was started with a command (`argv.ts`).
 * Writes results to standard output and remarks to standard error, never a secret. Refuses words it does not know.
 */
import { commands } from './commands.ts';
import { EXIT } from './exit-codes.ts';
import { HELP } from './help.ts';
import type { Surroundings } from './read-file.ts';

export type { Surroundings } from './read-file.ts';

export async function runCli(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    surroundings.out(HELP);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    surroundings.err(`Unknown command ${name}.\n\n${HELP}`);
    return EXIT.usage;
  }
  return command(rest, surroundings);
}
