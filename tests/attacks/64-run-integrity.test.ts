import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScriptedKeychain } from '../support/keyring/scripted-keychain.ts';
import { openBoth, recordRun, startEvent, tokenEvent } from '../support/keyring/runs.ts';

/** Somebody who can write the file, without the key. */
describe('attacks 44 and 64: sealed events on disk', () => {
  let folder = '';
  let keychain: ScriptedKeychain;
  let victim = '';
  let bystander = '';
  const COUNT = 6;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'grantscope-integrity-'));
    const opened = await openBoth(folder);
    keychain = opened.keychain;
    victim = recordRun(opened.history, COUNT);
    bystander = recordRun(opened.history, COUNT);
    opened.history.close();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function edit(work: (db: DatabaseSync) => void): void {
    const db = new DatabaseSync(join(folder, 'history.db'), { enableForeignKeyConstraints: false });
    work(db);
    db.close();
  }

  /** The damage is found, named, and ends the readable part; the other Run is whole; and nothing is written behind the damage. */
  async function expectDamage(readable: number, why: RegExp): Promise<void> {
    const { history, problems } = await openBoth(folder, keychain);
    expect(history.list()).toHaveLength(2);
    const { events, problem } = history.examine(victim);
    expect(problem).toMatchObject({ code: 'run-damaged', message: expect.stringContaining(victim), why: expect.stringMatching(why) });
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: readable }, (_, seq) => seq));
    const read = history.read(victim);
    expect(read.ok).toBe(readable > 0);
    expect(problems.filter(({ code }) => code === 'run-damaged')).toHaveLength(1);
    expect(history.examine(bystander)).toMatchObject({ events: { length: COUNT }, problem: null });
    expect(history.append(victim, tokenEvent(readable, 'after'))).toMatchObject({ ok: false, problem: { code: 'run-damaged' } });
    expect(history.append(bystander, tokenEvent(COUNT, 'after'))).toEqual({ ok: true, value: null });
    history.close();
    const again = await openBoth(folder, keychain);
    expect(again.history.examine(victim)).toMatchObject({ events: { length: readable }, problem: { code: 'run-damaged' } });
    again.history.close();
  }

  it('a deleted event', async () => {
    edit((db) => db.prepare('DELETE FROM events WHERE run_id = ? AND seq = 3').run(victim));
    await expectDamage(3, /Record 3 is missing/);
  });

  it('a deleted event with the rest moved up', async () => {
    edit((db) => {
      db.prepare('DELETE FROM events WHERE run_id = ? AND seq = 3').run(victim);
      for (const seq of [4, 5]) db.prepare('UPDATE events SET seq = ? WHERE run_id = ? AND seq = ?').run(seq - 1, victim, seq);
    });
    await expectDamage(3, /Record 3 was changed/);
  });

  it('a truncated tail', async () => {
    edit((db) => db.prepare('DELETE FROM events WHERE run_id = ? AND seq >= 4').run(victim));
    await expectDamage(4, /Record 4 and what came after it are missing/);
  });

  it('all events gone', async () => {
    edit((db) => db.prepare('DELETE FROM events WHERE run_id = ?').run(victim));
    await expectDamage(0, /Record 0 and what came after it are missing/);
  });

  it('a truncated tail with the count and tag in the head adjusted', async () => {
    edit((db) => {
      const { sealed } = db.prepare('SELECT sealed FROM events WHERE run_id = ? AND seq = 3').get(victim) as { sealed: Uint8Array };
      db.prepare('DELETE FROM events WHERE run_id = ? AND seq >= 4').run(victim);
      db.prepare('UPDATE runs SET events = 4, last_tag = ? WHERE run_id = ?').run(sealed.slice(13, 29), victim);
    });
    await expectDamage(4, /closes the run was changed/);
  });

  it('the head deleted', async () => {
    edit((db) => db.prepare('DELETE FROM runs WHERE run_id = ?').run(victim));
    await expectDamage(COUNT, /closes the run is missing/);
  });

  it('two events exchanged', async () => {
    edit((db) => {
      db.prepare('UPDATE events SET seq = 99 WHERE run_id = ? AND seq = 2').run(victim);
      db.prepare('UPDATE events SET seq = 2 WHERE run_id = ? AND seq = 3').run(victim);
      db.prepare('UPDATE events SET seq = 3 WHERE run_id = ? AND seq = 99').run(victim);
    });
    await expectDamage(2, /Record 2 was changed, moved/);
  });

  it('an event doubled at the end', async () => {
    edit((db) => db.prepare('INSERT INTO events (run_id, seq, sealed) SELECT run_id, 6, sealed FROM events WHERE run_id = ? AND seq = 5').run(victim));
    await expectDamage(COUNT, /Record 6 was changed/);
  });

  it('an event of another run in its place', async () => {
    edit((db) => db.prepare('UPDATE events SET sealed = (SELECT sealed FROM events WHERE run_id = ? AND seq = 2) WHERE run_id = ? AND seq = 2').run(bystander, victim));
    await expectDamage(2, /Record 2/);
  });

  it('the head of another run in its place', async () => {
    edit((db) => db.prepare('UPDATE runs SET (summary, last_tag, events) = (SELECT summary, last_tag, events FROM runs WHERE run_id = ?) WHERE run_id = ?').run(bystander, victim));
    await expectDamage(COUNT, /closes the run was changed/);
  });

  it.each([0, 1, 12, 13, 28, 29, 60])('byte %i of an event flipped', async (at) => {
    edit((db) => {
      const { sealed } = db.prepare('SELECT sealed FROM events WHERE run_id = ? AND seq = 1').get(victim) as { sealed: Uint8Array };
      sealed[at] = (sealed[at] ?? 0) ^ 0x80;
      db.prepare('UPDATE events SET sealed = ? WHERE run_id = ? AND seq = 1').run(sealed, victim);
    });
    await expectDamage(1, /Record 1 was changed/);
  });

  it('an older head put back beside newer events', async () => {
    const opened = await openBoth(folder, keychain);
    let old: Record<string, unknown> = {};
    edit((db) => { old = { ...db.prepare('SELECT summary, events, last_tag FROM runs WHERE run_id = ?').get(victim) }; });
    opened.history.append(victim, tokenEvent(COUNT, 'newer'));
    opened.history.close();
    edit((db) => db.prepare('UPDATE runs SET summary = ?, events = ?, last_tag = ? WHERE run_id = ?')
      .run(old['summary'] as Uint8Array, old['events'] as number, old['last_tag'] as Uint8Array, victim));
    await expectDamage(COUNT + 1, /older than its events/);
  });

  it('an unfinished run is interrupted after a crash, never a success', async () => {
    const opened = await openBoth(folder, keychain);
    const runId = randomUUID();
    opened.history.append(runId, startEvent(runId));
    const again = await openBoth(folder, keychain);
    expect(again.history.list().find(({ id }) => id === runId)?.state).toBe('interrupted');
    opened.history.close();
    again.history.close();
  });
});
