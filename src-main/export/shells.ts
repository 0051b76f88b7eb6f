import type { Result } from '../contract/index.ts';
import { ok } from '../contract/index.ts';
import { writeCmd } from './cmd.ts';
import { sentByCmd } from './cmd-read.ts';
import type { CurlOption } from './options.ts';
import type { Piece } from './pieces.ts';
import { writePowershell } from './powershell.ts';
import { sentByPowershell } from './powershell-read.ts';
import { ShellWriter } from './shell.ts';
import type { Variable, Variables } from './variables.ts';
import type { Sent, Values } from './verify.ts';
import { sentBy } from './verify.ts';

/** `cmd` to paste into a prompt, `cmd-file` for a .cmd file. */
export type Shell = 'sh' | 'powershell' | 'cmd' | 'cmd-file';

export interface Written { text: string; used: Variable[] }

/** How a shell is written, read back and commented. */
export interface ShellForm {
  write(switches: readonly string[], options: readonly CurlOption[], body: readonly Piece[], variables: Variables): Result<Written>;
  read(command: string, values: Values): Result<Sent>;
  comment(line: string): string;
  /** How a variable is set without a trace in the history of the shell. */
  set(name: string): string;
  /** Stands before everything else. */
  first?: string;
  warnings: readonly string[];
}

const EXPANDS = 'Needs curl 8.3 or later, as Windows has it since 2024: it reads the secrets from the environment by itself.';

const cmd = (use: 'prompt' | 'file'): ShellForm => ({
  write: (switches, options, body, variables) => writeCmd(switches, options, body, variables, use),
  read: (command, values) => sentByCmd(command, values, use),
  comment: (line) => `rem ${line}`,
  set: (name) => `set /p ${name}=`,
  ...(use === 'file' && { first: '@echo off' }),
  warnings: [EXPANDS],
});

export const shellForms: Readonly<Record<Shell, ShellForm>> = {
  sh: {
    write: (switches, options, body, variables) => {
      const used = variables.list();
      return ok({ text: new ShellWriter().write(switches, options, body, used.map(({ name }) => name)), used });
    },
    read: sentBy,
    comment: (line) => `# ${line}`,
    set: (name) => `read -rs ${name}`,
    warnings: [],
  },
  powershell: {
    write: (switches, options, body, variables) => {
      const used = variables.list();
      const text = writePowershell(switches, options, body, used.map(({ name }) => name));
      return text.ok ? ok({ text: text.value, used }) : text;
    },
    read: sentByPowershell,
    comment: (line) => `# ${line}`,
    set: (name) => `$env:${name} = Read-Host`,
    warnings: [],
  },
  cmd: cmd('prompt'),
  'cmd-file': cmd('file'),
};
