/** What a command is given in tests: a folder of its own, no variables, no browser, no data folder. */
import { join } from 'node:path';
import type { Surroundings } from '../../../src-main/cli/index.ts';
import { ScriptedKeychain } from '../../support/keyring/scripted-keychain.ts';

export function surroundings(folder: string): Surroundings {
  return {
    cwd: folder,
    stdin: async function* () { yield* []; },
    out: () => undefined,
    err: () => undefined,
    environment: {},
    dataFolder: join(folder, 'no-data'),
    versions: { grantscope: '0.0.0-test' },
    keychain: () => new ScriptedKeychain(),
    cancel: new AbortController().signal,
    openSystemBrowser: async () => { throw new Error('No browser is opened in this test'); },
  };
}
