import { diagnoseCommand } from './diagnose.ts';
import { runCommand } from './run/run.ts';
import type { Surroundings } from './read-file.ts';

/** Takes the words after its name and gives the exit code. */
export type Command = (words: readonly string[], surroundings: Surroundings) => Promise<number>;

/** Every command by its name. A further one is one more line here and one file beside this one. */
export const commands: Readonly<Record<string, Command>> = {
  diagnose: diagnoseCommand,
  run: runCommand,
};
