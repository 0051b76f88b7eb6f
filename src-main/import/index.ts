/**
 * import/: what others recorded, as a Run.
 *
 * Takes the text of a HAR file, of curl or PowerShell commands, or of raw HTTP messages, and gives ordinary events, so that an imported Run is
 * shown and diagnosed like any other. Called by `ipc/` and `cli/`. Pure apart from random ids: no shell, no file is read, nothing is sent,
 * template text and variables stay literal. Refuses text with nothing readable in it and what is beyond the limits, naming the part and position.
 */
import type { Problem, Result } from '../contract/result.ts';
import { ok } from '../contract/result.ts';
import type { RunEvent } from '../contract/run.ts';
import { readText } from './reading.ts';
import { toRun } from './to-run.ts';

export { limits as importLimits } from './limits.ts';
export { ImportSession } from './session.ts';

export interface Imported {
  format: 'har' | 'text';
  events: RunEvent[];
  exchanges: number;
  /** What could not be read, and where. */
  remarks: Problem[];
  /** Kinds of secrets that were found, each once: they may be somebody else's and still live. */
  secrets: string[];
}

/**
 * @param text the whole file or clipboard
 * @param title for the Run, e.g. the file's name
 */
export function importText(text: string, title = ''): Result<Imported> {
  const read = readText(text);
  if (!read.ok) return read;
  const { kind, exchanges, remarks, secrets } = read.value;
  return ok({ format: kind === 'har' ? 'har' : 'text', events: toRun(exchanges, title), exchanges: exchanges.length, remarks, secrets });
}
