import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CURRENT_VERSION, migrate, versionOf } from '../../../src-main/history/migrations.ts';
import type { ScriptedKeychain } from '../../support/keyring/scripted-keychain.ts';
import { openBoth, recordRun } from '../../support/keyring/runs.ts';

describe('attack 49: the database file is not what it should be', () => {
  let folder = '';
  let path = '';
  let keychain: ScriptedKeychain;
  let runId = '';
  const aside = () => readdirSync(folder).filter((name) => name.startsWith('history.damaged-') && name.endsWith('.db'));

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'grantscope-database-'));
    path = join(folder, 'history.db');
    const opened = await openBoth(folder);
    keychain = opened.keychain;
    runId = recordRun(opened.history, 4);
    opened.history.close();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function edit(sql: string): void {
    const db = new DatabaseSync(path);
    db.exec(sql);
    db.close();
  }

  it.each([
    ['zero bytes', () => Buffer.alloc(0), /empty/],
    ['garbage', () => randomBytes(8192), /not a database/],
    ['a database of another program', () => null, /another program/],
    ['a page overwritten', (whole: Buffer) => Buffer.from(whole).fill(0xff, 4096 * 4, 4096 * 6), /damaged|check found/],
    ['half of it', (whole: Buffer) => whole.subarray(0, 4096 * 3), /damaged|check found/],
  ] as const)('%s: set aside and said where; an empty one is begun', async (_name, damage, why) => {
    const bytes = damage(readFileSync(path));
    if (bytes) writeFileSync(path, bytes);
    else edit('PRAGMA application_id = 1');
    const found = readFileSync(path);
    const { history, problems } = await openBoth(folder, keychain);
    expect(problems).toEqual([expect.objectContaining({ code: 'history-damaged', why: expect.stringMatching(why), next: expect.stringContaining(aside()[0] ?? 'none') })]);
    expect(readFileSync(join(folder, aside()[0] as string)).equals(found)).toBe(true);
    expect(history.onDisk).toBe(true);
    expect(history.list()).toEqual([]);
    const fresh = recordRun(history, 3);
    history.close();
    const again = await openBoth(folder, keychain);
    expect(again.problems).toEqual([]);
    expect(again.history.list().map(({ id }) => id)).toEqual([fresh]);
    again.history.close();
  });

  it('a newer version is refused, byte for byte left alone, and the session is in memory', async () => {
    edit(`PRAGMA user_version = ${CURRENT_VERSION + 1}`);
    const before = readFileSync(path);
    const { history, problems } = await openBoth(folder, keychain);
    expect(problems).toMatchObject([{ code: 'history-newer' }]);
    expect(history.onDisk).toBe(false);
    recordRun(history, 3);
    expect(history.list()).toHaveLength(1);
    history.close();
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(aside()).toEqual([]);
    edit(`PRAGMA user_version = ${CURRENT_VERSION}`);
    const again = await openBoth(folder, keychain);
    expect(again.history.read(runId).ok).toBe(true);
    again.history.close();
  });

  it('a file sealed with another key is set aside', async () => {
    rmSync(join(folder, 'vault.json'));
    const { history, problems } = await openBoth(folder, keychain);
    expect(problems).toMatchObject([{ code: 'history-other-key', next: expect.stringContaining(aside()[0] as string) }]);
    expect(history.list()).toEqual([]);
    history.close();
  });

  it('a log without its database is kept', async () => {
    rmSync(path);
    writeFileSync(`${path}-wal`, randomBytes(100));
    const { history, problems } = await openBoth(folder, keychain);
    expect(problems).toMatchObject([{ code: 'history-lost' }]);
    expect(readdirSync(folder).filter((name) => /^history\.damaged-.*-wal$/.test(name))).toHaveLength(1);
    history.close();
  });

  it('a database left half-made by a crash is made again', async () => {
    copyFileSync(path, `${path}.new`);
    rmSync(path);
    const { history, problems } = await openBoth(folder, keychain);
    expect(problems).toEqual([]);
    expect(history.onDisk).toBe(true);
    history.close();
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});

describe('migrate', () => {
  it('goes up in one transaction: a failing step leaves version and schema as they were', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, ['CREATE TABLE a (x)']);
    expect(() => migrate(db, ['', 'CREATE TABLE b (x)', 'CREATE TABLE b (x)'])).toThrow();
    expect(versionOf(db)).toBe(1);
    expect(db.prepare('SELECT name FROM sqlite_schema').all().map((row) => row['name'])).toEqual(['a']);
    migrate(db, ['', 'CREATE TABLE b (x)']);
    expect(versionOf(db)).toBe(2);
    migrate(db, ['', 'CREATE TABLE b (x)']);
    expect(versionOf(db)).toBe(2);
    db.close();
  });
});
