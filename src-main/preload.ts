import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, CommandName, CommandResult, NoticeName, Notices } from './contract/index.ts';
import { commandNames, noticeNames } from './contract/names.ts';

/**
 * The bridge: the commands and notices of the contract by name, nothing more. Names outside the contract are refused here
 * already, and main checks sender and argument of each call again.
 */
const bridge: Bridge = {
  call: (name, input) => {
    if (!commandNames.has(name)) return Promise.reject(new TypeError('Unknown command'));
    return ipcRenderer.invoke(`grantscope:${name}`, input) as Promise<CommandResult<CommandName>> as never;
  },
  on: <N extends NoticeName>(name: N, listener: (notice: Notices[N]) => void) => {
    if (!noticeNames.includes(name)) throw new TypeError('Unknown notice');
    const forward = (_event: unknown, notice: Notices[N]): void => listener(notice);
    ipcRenderer.on(`grantscope:notice:${name}`, forward);
    return () => ipcRenderer.off(`grantscope:notice:${name}`, forward);
  },
};

contextBridge.exposeInMainWorld('grantscope', bridge);
