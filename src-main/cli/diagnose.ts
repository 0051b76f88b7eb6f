import { basename } from 'node:path';
import type { Diagnosis } from '../contract/diagnosis.ts';
import type { RunEvent } from '../contract/run.ts';
import type { Problem } from '../contract/result.ts';
import { diagnose } from '../diagnosis/index.ts';
import { importText } from '../import/index.ts';
import { readDiagnoseArguments } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import { DIAGNOSE_HELP } from './help.ts';
import { humanText } from './human.ts';
import type { Surroundings } from './read-file.ts';
import { readInput } from './read-file.ts';

/** `grantscope diagnose`. Gives the exit code. */
export async function diagnoseCommand(words: readonly string[], surroundings: Surroundings): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) { surroundings.out(DIAGNOSE_HELP); return EXIT.done; }
  const read = readDiagnoseArguments(words);
  if (!read.ok) {
    surroundings.err(`${read.problem.message} See: ${read.problem.next ?? ''}\n`);
    return EXIT.usage;
  }
  let code: number = EXIT.done;
  for (const file of read.value.files) {
    const answer = await diagnoseFile(file, surroundings);
    if ('problem' in answer) code = EXIT.unreadable;
    if (read.value.json) surroundings.out(`${JSON.stringify('problem' in answer ? { file, error: null, causes: [], problem: answer.problem } : lineOf(file, answer))}\n`);
    else if ('problem' in answer) surroundings.err(`${file}: ${answer.problem.message}${answer.problem.why === undefined ? '' : ` ${answer.problem.why}`}${answer.problem.next === undefined ? '' : ` ${answer.problem.next}`}\n`);
    else surroundings.out(humanText(file, answer.diagnosis, answer.remarks, (entry) => placeOf(entry, answer.events)));
  }
  return code;
}

interface Answer { diagnosis: Diagnosis | null; events: readonly RunEvent[]; remarks: Problem[] }

async function diagnoseFile(file: string, surroundings: Surroundings): Promise<Answer | { problem: Problem }> {
  const text = await readInput(file, surroundings);
  if (!text.ok) return { problem: text.problem };
  const imported = importText(text.value, file === '-' ? 'standard input' : basename(file));
  if (!imported.ok) return { problem: imported.problem };
  return { diagnosis: diagnose(imported.value.events), events: imported.value.events, remarks: imported.value.remarks };
}

/** The documented line: these members and no others, so that scripts can rely on them. */
function lineOf(file: string, { diagnosis, events }: Answer): object {
  return {
    file,
    error: diagnosis === null ? null : diagnosis.error.error ?? `HTTP ${diagnosis.error.status}`,
    causes: (diagnosis?.causes ?? []).map(({ id, verdict, why, evidence, fix }) => ({
      id, verdict, why, evidence: evidence.map(({ entry, where, text }) => ({ entry: placeOf(entry, events), where, text })), fix,
    })),
  };
}

/** Events of an import are named by the entry they were read from. */
function placeOf(entry: string, events: readonly RunEvent[]): string {
  if (!entry.startsWith('#')) return entry;
  const event = events[Number(entry.slice(1))];
  return event !== undefined && 'step' in event && event.step !== undefined ? event.step : entry;
}
