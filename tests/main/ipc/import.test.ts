import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandSchemas, foldRun, IMPORT_TEXT_LIMIT } from '../../../src-main/contract/index.ts';
import { diagnose, ledgerEntriesOf, ledgerHash, withoutCopies } from '../../../src-main/diagnosis/index.ts';
import { importHandlers, READ_HERE } from '../../../src-main/ipc/handlers/import.ts';
import type { ImportReader } from '../../../src-main/ipc/import/reader.ts';
import { LocalReader } from '../../../src-main/ipc/import/reader.ts';
import { MaskedRuns } from '../../../src-main/ipc/masked-runs.ts';
import type { Opened } from '../../support/keyring/runs.ts';
import { openBoth } from '../../support/keyring/runs.ts';

const CANARY = `CANARY-refresh-${randomBytes(18).toString('base64url')}`;
const curl = `curl 'https://as.test/token' -d 'grant_type=refresh_token&client_id=web&refresh_token=${CANARY}'`;
const answer = 'HTTP/1.1 400 Bad Request\ncontent-type: application/json\n\n{"error":"invalid_grant","error_description":"Token is not active"}';

let folder = '';
let opened: Opened;
let changes = 0;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grantscope-import-'));
  opened = await openBoth(folder);
  changes = 0;
});
afterEach(() => {
  opened.history.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A reader that does not answer until it is ended, as a process with a very large text. */
class StuckReader implements ImportReader {
  readonly #answer = Promise.withResolvers<never>();
  closed = false;
  preview(): Promise<never> { return this.#answer.promise; }
  begin(): Promise<never> { return this.#answer.promise; }
  next(): Promise<never> { return this.#answer.promise; }
  close(): void {
    this.closed = true;
    this.#answer.resolve({ ok: false, problem: { code: 'import-ended', message: 'ended' } } as never);
  }
}

const handlers = (openReader: () => ImportReader = () => new LocalReader()) => importHandlers(opened.history, openReader, () => { changes += 1; });
const masked = () => new MaskedRuns({
  load: (runId) => opened.history.read(runId), isRunning: () => false, clock: () => ({ at: 0, mono: 0, boot: 'b' }), fingerprintKey: () => opened.vault.fingerprintKey(),
});

describe('what is refused', () => {
  it('attack 53: a text beyond 64 Mi characters, in words that say so', () => {
    const parsed = commandSchemas['import.preview'].safeParse({ importId: randomUUID(), text: 'x'.repeat(IMPORT_TEXT_LIMIT + 1) });
    expect(parsed.error?.issues[0]?.message).toMatch(/at most 64 Mi characters/);
    expect(commandSchemas['import.preview'].safeParse({ importId: randomUUID(), text: '' }).success).toBe(false);
    expect(commandSchemas['import.keep'].safeParse({ importId: randomUUID(), title: '  ', what: 'all' }).success).toBe(false);
    expect(commandSchemas['import.keep'].safeParse({ importId: randomUUID(), title: 'x', what: 'more' }).success).toBe(false);
  });

  it('a text without a request, and nothing is kept of it', async () => {
    const h = handlers();
    const importId = randomUUID();
    expect(await h['import.preview']({ importId, text: 'Dear colleague, it does not work.' })).toMatchObject({ ok: false, problem: { code: 'nothing-readable' } });
    expect(await h['import.keep']({ importId, title: 'x', what: 'all' })).toMatchObject({ ok: false, problem: { code: 'unknown-import' } });
    expect(opened.history.list()).toEqual([]);
  });

  it('a HAR that is broken before its first entry, with the position', async () => {
    const read = await handlers()['import.preview']({ importId: randomUUID(), text: '{"log": {"version": "1.2",\n  "creator": {,}}}' });
    expect(read).toMatchObject({ ok: false, problem: { code: 'broken-json', message: expect.stringContaining('line 2, column 15') as string, field: 'character 42' } });
  });

  it('keeping what was cancelled, or replaced by another', async () => {
    const h = handlers();
    const [first, second] = [randomUUID(), randomUUID()];
    expect((await h['import.preview']({ importId: first, text: curl })).ok).toBe(true);
    expect((await h['import.preview']({ importId: second, text: curl })).ok).toBe(true);
    expect(await h['import.keep']({ importId: first, title: 'x', what: 'all' })).toMatchObject({ ok: false, problem: { code: 'unknown-import' } });
    await h['import.cancel']({ importId: second });
    expect(await h['import.keep']({ importId: second, title: 'x', what: 'all' })).toMatchObject({ ok: false, problem: { code: 'unknown-import' } });
    expect(opened.history.list()).toEqual([]);
  });
});

describe('large texts', () => {
  it('are read elsewhere, and cancel ends that', async () => {
    const reader = new StuckReader();
    const h = handlers(() => reader);
    const importId = randomUUID();
    const preview = h['import.preview']({ importId, text: `${curl}${' '.repeat(READ_HERE)}` });
    expect(await h['import.cancel']({ importId })).toEqual({ ok: true, value: null });
    expect(await preview).toMatchObject({ ok: false, problem: { code: 'import-cancelled' } });
    expect(reader.closed).toBe(true);
  });

  it('a process that ends in the middle of keeping leaves no half run behind', async () => {
    const local = new LocalReader();
    let parts = 0;
    const dying: ImportReader = {
      preview: (...input) => local.preview(...input), begin: (...input) => local.begin(...input), close: () => undefined,
      next: async () => { parts += 1; return parts > 1 ? { ok: false, problem: { code: 'import-ended', message: 'ended' } } : local.next(); },
    };
    const h = handlers(() => dying);
    const importId = randomUUID();
    const entry = { startedDateTime: '2026-03-01T10:00:00Z', request: { method: 'GET', url: 'https://as.test/x', headers: [] }, response: { status: 200, headers: [] } };
    await h['import.preview']({ importId, text: JSON.stringify({ log: { entries: Array.from({ length: 300 }, () => entry) } }) });
    expect(await h['import.keep']({ importId, title: 'x', what: 'all' })).toMatchObject({ ok: false, problem: { code: 'import-ended' } });
    expect(opened.history.list()).toEqual([]);
  });
});

describe('what is kept', () => {
  async function keep(text: string, more: { answer?: string } = {}): Promise<string> {
    const h = handlers();
    const importId = randomUUID();
    const preview = await h['import.preview']({ importId, text, ...more });
    if (!preview.ok) throw new Error(preview.problem.message);
    const kept = await h['import.keep']({ importId, title: 'From a ticket', what: 'all' });
    if (!kept.ok) throw new Error(kept.problem.message);
    return kept.value.runId;
  }

  it('a curl command and an answer of its own become a refused run that is diagnosed', async () => {
    const h = handlers();
    const importId = randomUUID();
    expect(await h['import.preview']({ importId, text: curl })).toMatchObject({ ok: true, value: { kind: 'curl', unanswered: 'request 1', refused: 0, secrets: ['refresh_token'], from: null } });
    expect(await h['import.preview']({ importId, text: curl, answer })).toMatchObject({ ok: true, value: { unanswered: null, refused: 1, title: 'as.test: invalid_grant', lines: [{ status: 400, error: 'invalid_grant', url: 'https://as.test/token' }] } });
    const runId = await keep(curl, { answer });
    const [line] = opened.history.list();
    expect(line).toMatchObject({ id: runId, title: 'From a ticket', state: 'refused', error: 'invalid_grant', environmentId: null });
    expect(Date.now() - (line?.startedAt ?? 0)).toBeLessThan(60_000);
    expect(changes).toBe(1);
    const events = opened.history.read(runId);
    expect(events.ok && diagnose(events.value)?.causes.find(({ verdict }) => verdict === 'likely')?.id).toBe('refresh_expired');
  });

  it('the preview holds no secret, the run reaches the window masked, and no file of the data folder holds it', async () => {
    const preview = await handlers()['import.preview']({ importId: randomUUID(), text: `${curl}\n\n${answer}` });
    expect(JSON.stringify(preview)).not.toContain(CANARY);
    const runId = await keep(`${curl}\n\n${answer}`);
    const shown = masked().open(runId);
    expect(shown.ok).toBe(true);
    expect(JSON.stringify(shown)).not.toContain(CANARY);
    opened.history.close();
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes(CANARY)).toBe(false);
  });

  it('two orders to keep the same make one run', async () => {
    const h = handlers();
    const importId = randomUUID();
    await h['import.preview']({ importId, text: `${curl}\n\n${answer}` });
    const both = await Promise.all([h['import.keep']({ importId, title: 'x', what: 'all' }), h['import.keep']({ importId, title: 'x', what: 'all' })]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect(opened.history.list()).toHaveLength(1);
  });

  it('imported a second time, the first is a copy and no earlier use; a run with another outcome is one', async () => {
    const code = `curl 'https://as.test/token' -d 'grant_type=authorization_code&client_id=web&code=${CANARY}'`;
    const key = opened.vault.fingerprintKey();
    const reused = (runId: string) => {
      const events = opened.history.read(runId);
      if (!events.ok) throw new Error(events.problem.message);
      const find = opened.history.ledger((all) => ledgerEntriesOf(all, key));
      const ledger = { find: (kind: 'code' | 'refresh_token', value: string) => find(ledgerHash(key, kind, value)) };
      return diagnose(events.value, { ledger: withoutCopies(ledger, events.value) })?.causes.find(({ id }) => id === 'code_reused')?.evidence.map(({ where }) => where);
    };
    await keep(`${code}\n\n${answer}`);
    const second = await keep(`${code}\n\n${answer}`);
    expect(reused(second)).not.toContain('ledger of sent codes');
    await keep(`${code}\n\nHTTP/1.1 200 OK\ncontent-type: application/json\n\n{"access_token":"a","token_type":"Bearer"}`);
    expect(reused(second)).toContain('ledger of sent codes');
  });

  it('is there after a restart, can be removed and brought back', async () => {
    const runId = await keep(`${curl}\n\n${answer}`);
    opened.history.close();
    opened = await openBoth(folder, opened.keychain);
    expect(opened.history.list()).toMatchObject([{ id: runId, state: 'refused' }]);
    expect(opened.history.remove(runId).ok).toBe(true);
    expect(opened.history.list()).toEqual([]);
    expect(opened.history.restore(runId)).toMatchObject({ ok: true });
    const events = opened.history.read(runId);
    expect(events.ok && foldRun(events.value).started?.origin).toBe('imported');
  });
});
