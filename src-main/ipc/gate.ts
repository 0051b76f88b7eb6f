import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { CommandName, CommandResult } from '../contract/commands.ts';
import { commandNames } from '../contract/names.ts';

/** Judges one call and answers it: sender, then schema, then handler. */
export type Dispatch = (name: CommandName, event: IpcMainInvokeEvent, args: unknown[]) => Promise<CommandResult<CommandName>>;

export const channelOf = (name: CommandName): string => `grantscope:${name}`;

/**
 * Registers every channel of the contract at once; a call waits until there is somebody to judge it. So the window can be opened before the
 * services are there, and nothing is answered unjudged. Light on purpose: it is loaded before anything else.
 */
export function openGate(ipcMain: Pick<IpcMain, 'handle'>, dispatch: Promise<Dispatch>): void {
  for (const name of commandNames as ReadonlySet<CommandName>) {
    ipcMain.handle(channelOf(name), async (event, ...args: unknown[]) => (await dispatch)(name, event, args));
  }
}
