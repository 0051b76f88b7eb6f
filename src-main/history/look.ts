import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DATABASE_FILE } from './database.ts';
import { APPLICATION_ID, CURRENT_VERSION, versionOf } from './migrations.ts';

/**
 * Whether the database of a data folder can be opened as it is: there, whole, of this version and sealed with this key. Changes nothing.
 * For a second process beside the app, which must not begin a database, bring one to a newer version or set one aside.
 */
export function isReady(folder: string, keyId: string): boolean {
  const path = join(folder, DATABASE_FILE);
  if (!existsSync(path)) return false;
  try {
    const db = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
    try {
      return Number(db.prepare('PRAGMA application_id').get()?.['application_id']) === APPLICATION_ID
        && versionOf(db) === CURRENT_VERSION
        && db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok'
        && db.prepare('SELECT key_id FROM keys').get()?.['key_id'] === keyId;
    } finally {
      db.close();
    }
  } catch {
    // Locked, damaged or not readable: none of them is for a second process to mend.
    return false;
  }
}
