import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { Dispatch } from './gate.ts';
import { openGate } from './gate.ts';
import type { CommandInput, CommandName, CommandResult, Problem } from '../contract/index.ts';
import { commandSchemas, fail } from '../contract/index.ts';

/** One handler a command; a command of the contract without one does not compile. */
export type Handlers = { [N in CommandName]: (input: CommandInput<N>) => Promise<CommandResult<N>> };

export { channelOf } from './gate.ts';

export interface Guards {
  /** Whether this is the main frame of our own page in our own window. */
  isTrusted(event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>): boolean;
  /** Told of every refused call: the channel and the reason, never an argument. */
  onRefused(name: CommandName, code: string): void;
}

/**
 * Registers every command of the contract: sender, then schema, then handler. A handler sees only what passed its schema;
 * whatever it throws becomes an `internal` problem, so the window always gets a typed answer.
 */
export function registerCommands(ipcMain: Pick<IpcMain, 'handle'>, handlers: Handlers, guards: Guards): void {
  openGate(ipcMain, Promise.resolve(dispatcher(handlers, guards)));
}

/** What stands behind the gate. */
export function dispatcher(handlers: Handlers, guards: Guards): Dispatch {
  return (name, event, args) => answer(name, handlers, guards, event, args);
}

async function answer(
  name: CommandName, handlers: Handlers, guards: Guards, event: IpcMainInvokeEvent, args: unknown[],
): Promise<CommandResult<CommandName>> {
  if (!guards.isTrusted(event)) {
    guards.onRefused(name, 'untrusted-sender');
    return fail({ code: 'untrusted-sender', message: 'This page may not send commands.' });
  }
  try {
    const parsed = args.length === 1 ? commandSchemas[name].safeParse(args[0]) : null;
    if (!parsed?.success) {
      guards.onRefused(name, 'invalid-argument');
      return fail(invalidArgument(name, parsed?.error.issues[0]));
    }
    return await (handlers[name] as (input: unknown) => Promise<CommandResult<CommandName>>)(parsed.data);
  } catch (error) {
    guards.onRefused(name, 'internal');
    return fail({
      code: 'internal', message: 'Grantscope made a mistake while doing this.',
      why: error instanceof Error ? error.name : 'unknown', next: 'Try again; if it happens again, please report it.',
    });
  }
}

function invalidArgument(name: CommandName, issue: { path: PropertyKey[]; message: string } | undefined): Problem {
  return {
    code: 'invalid-argument',
    message: issue ? issue.message : `${name} takes exactly one argument.`,
    ...(issue && issue.path.length > 0 && { field: issue.path.map(String).join('.') }),
  };
}
