import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import { SECRETS_FOLDER } from './client-secrets.ts';
import { MARKER_FILE } from './key-marker.ts';
import { fileProblem, stampOf, syncFolder } from './private-files.ts';

/**
 * Moves the vault's files into a new `backup-<time>/` of the data folder. The marker goes last: as long as it is in its place,
 * no new key is made, so an interruption half way loses nothing.
 *
 * @param others moves what other rooms keep
 * @returns the backup folder
 */
export function setAside(folder: string, others: (backupFolder: string) => void): Result<string> {
  const backup = join(folder, `backup-${stampOf(new Date())}`);
  try {
    mkdirSync(backup, { recursive: true, mode: 0o700 });
    others(backup);
    for (const name of [SECRETS_FOLDER, MARKER_FILE]) {
      if (existsSync(join(folder, name))) renameSync(join(folder, name), join(backup, name));
    }
    syncFolder(folder);
    return ok(backup);
  } catch (error) {
    return fail(fileProblem('vault-not-reset', 'The vault was not reset: its files could not be moved.', error));
  }
}
