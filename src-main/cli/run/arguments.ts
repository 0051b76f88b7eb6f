import type { Result } from '../../contract/result.ts';
import { fail, ok } from '../../contract/result.ts';
import type { ThenStep } from './then.ts';
import { readThen } from './then.ts';

export interface RunArguments {
  /** Name or id of an environment, or the file of one; `-` is standard input. */
  target: string;
  open: 'system' | 'print';
  json: boolean;
  /** Name of the environment variable that holds the client secret; `null` where the default one may or may not be set. */
  secretVariable: string | null;
  then: ThenStep[];
}

export const DEFAULT_SECRET_VARIABLE = 'GRANTSCOPE_CLIENT_SECRET';

const wrong = (message: string, why?: string): { ok: false; problem: { code: string; message: string; next: string; why?: string } } =>
  fail({ code: 'usage', message, next: 'grantscope run --help', ...(why !== undefined && { why }) });

/** Reads the words after `run`. Options take their value as the next word or after `=`. */
export function readRunArguments(words: readonly string[]): Result<RunArguments> {
  const read: Omit<RunArguments, 'target'> = { open: 'system', json: false, secretVariable: null, then: [] };
  const targets: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] as string;
    if (word === '--') {
      targets.push(...words.slice(index + 1));
      break;
    }
    if (word === '-' || !word.startsWith('-')) {
      targets.push(word);
      continue;
    }
    if (word === '--json') {
      read.json = true;
      continue;
    }
    const [, name = word, attached] = /^(-[^=]*)=(.*)$/s.exec(word) ?? [];
    if (/secret/i.test(name) && name !== '--secret-env') return wrong('A secret is never given as an argument.', 'Every program on this computer can read the arguments of another. Put it in an environment variable and name that with --secret-env.');
    if (!['--open', '--then', '--secret-env'].includes(name)) return wrong(`Unknown option ${name.slice(0, 60)}.`);
    const value = attached ?? words[index += 1];
    if (value === undefined) return wrong(`${name} needs a value.`);
    const taken = take(read, name, value);
    if (!taken.ok) return taken;
  }
  const [target] = targets;
  if (target === undefined || target === '') return wrong('Name one ENVIRONMENT or FILE.');
  if (targets.length > 1) return wrong(`One ENVIRONMENT or FILE at a time, not ${targets.length}.`, 'A name with spaces stands in quotes.');
  return ok({ target, ...read });
}

function take(read: Omit<RunArguments, 'target'>, name: string, value: string): Result<null> {
  switch (name) {
    case '--open':
      if (value !== 'system' && value !== 'print') return wrong(`--open is system or print, not ${JSON.stringify(value.slice(0, 60))}.`);
      read.open = value;
      return ok(null);
    case '--secret-env':
      // The value is not repeated: it may be the secret itself, typed in the wrong place.
      if (!/^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(value)) return wrong('--secret-env takes the name of an environment variable.');
      read.secretVariable = value;
      return ok(null);
    default: {
      const step = readThen(value);
      if (!step.ok) return step;
      read.then.push(step.value);
      return ok(null);
    }
  }
}
