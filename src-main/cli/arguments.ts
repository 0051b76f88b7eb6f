import type { Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';

export interface DiagnoseArguments { json: boolean; files: string[] }

/** Reads the words after `diagnose`. `-` is standard input; after `--` every word is a file. */
export function readDiagnoseArguments(words: readonly string[]): Result<DiagnoseArguments> {
  const files: string[] = [];
  let json = false;
  let optionsEnd = false;
  for (const word of words) {
    if (optionsEnd || word === '-' || !word.startsWith('-')) files.push(word);
    else if (word === '--') optionsEnd = true;
    else if (word === '--json') json = true;
    else return fail({ code: 'unknown-option', message: `Unknown option ${word}.`, next: 'grantscope diagnose --help' });
  }
  if (files.length === 0) return fail({ code: 'no-file', message: 'Name at least one FILE, or - for standard input.', next: 'grantscope diagnose --help' });
  return ok({ json, files });
}
