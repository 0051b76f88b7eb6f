/**
 * A history in a process of its own, for what only a process can show: being killed, running out of disk, having no rights.
 * Arguments: data folder, data key (hex), mode, then what the mode takes. One JSON value a line comes out.
 */
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { openHistory } from '../../../src-main/history/index.ts';
import { openVault } from '../../../src-main/vault/index.ts';
import { startEvent, tokenEvent } from './runs.ts';
import { ScriptedKeychain } from './scripted-keychain.ts';

const [folder = '', entries = '[]', mode = '', argument = ''] = process.argv.slice(2);
const say = (value: unknown): void => { process.stdout.write(`${JSON.stringify(value)}\n`); };

const keychain = new ScriptedKeychain();
for (const [account, hex] of JSON.parse(entries) as [string, string][]) keychain.entries.set(account, Buffer.from(hex, 'hex'));
if (mode === 'as-nobody' && process.getuid?.() === 0) {
  process.setgid?.(65534);
  process.setuid?.(65534);
}
const vault = await openVault({ keychain, folder });
const problems: string[] = [];
const history = openHistory({ folder, vault, onProblem: (problem) => problems.push(problem.code) });

const modes: Record<string, () => unknown> = {
  /** Appends for ever; says each event once it is durable. */
  append: () => {
    const runId = randomUUID();
    history.append(runId, startEvent(runId));
    say([runId, 0]);
    for (let seq = 1; ; seq += 1) {
      const kept = history.append(runId, tokenEvent(seq, `token-${seq}`.padEnd(1 + (seq * 997) % 20_000, '.')));
      if (kept.ok) say([runId, seq]);
    }
  },
  /** Appends events of 50 kB until one is not saved, then waits for a line and appends one more. */
  fill: async () => {
    const runId = randomUUID();
    const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    let kept = history.append(runId, startEvent(runId));
    let seq = 1;
    for (; kept.ok && seq < 2000; seq += 1) kept = history.append(runId, tokenEvent(seq, 'x'.repeat(50_000)));
    for (let more = 0; more < 3; more += 1, seq += 1) history.append(runId, tokenEvent(seq, 'while full'));
    const read = history.read(runId);
    say({ runId, events: seq, kept, readable: read.ok && read.value.length, problems, listed: history.list().find(({ id }) => id === runId)?.events });
    await lines.next();
    say({ kept: history.append(runId, tokenEvent(seq, 'after')), problems });
    history.close();
    process.exit(0);
  },
  'as-nobody': () => {
    const runId = randomUUID();
    const kept = history.append(runId, startEvent(runId));
    say({ status: vault.status(), onDisk: history.onDisk, kept: kept.ok, listed: history.list().length, problems });
    process.exit(0);
  },
  /** Rolls a migration half way, again and again. */
  migrate: () => {
    const db = new DatabaseSync(argument);
    say('ready');
    for (;;) {
      db.exec('BEGIN IMMEDIATE; CREATE TABLE half (x); INSERT INTO half VALUES (randomblob(200000)); PRAGMA user_version = 77');
      db.exec('ROLLBACK');
    }
  },
};
await modes[mode]?.();
