import { diagnoseCommand } from './diagnose.ts';
import type { Surroundings } from './read-file.ts';

/** Takes the words after its name and gives the exit code. */
export type Command = (words: readonly string[], surroundings: Surroundings) => Promise<number>;

/** Every command by its name. A further one is one more line here and one file beside this one. */
export const commands: Readonly<Record<string, Command>> = {
  diagnose: diagnoseCommand,
  // A server and an HTTP client come with it: loaded when they are needed.
  run: async (words, surroundings) => (await import('./run/run.ts')).runCommand(words, surroundings),
};
