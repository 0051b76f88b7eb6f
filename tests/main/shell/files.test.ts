import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFileWhole } from '../../../src-main/shell/files.ts';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('writeFileWhole', () => {
  it('leaves what was there where the pieces break off, and nothing beside it', async () => {
    const path = join(folder, 'kept');
    writeFileSync(path, 'before');
    function* broken(): Generator<string> {
      yield 'half';
      throw new Error('gone');
    }
    expect(await writeFileWhole(path, broken(), { encoding: 'utf8', secret: false })).toMatchObject({ ok: false, problem: { code: 'file-not-written' } });
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['kept']);
  });
  it('says that a folder is not there', async () => {
    expect(await writeFileWhole(join(folder, 'no', 'where'), ['a'], { encoding: 'utf8', secret: false })).toMatchObject({ ok: false, problem: { why: 'ENOENT' } });
  });
  it('gives a file with secrets to its owner alone, also over an open one', async () => {
    const path = join(folder, 'secret');
    writeFileSync(path, 'open');
    chmodSync(path, 0o666);
    expect(await writeFileWhole(path, ['\u00ff', 'b'], { encoding: 'latin1', secret: true })).toEqual({ ok: true, value: null });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect([...readFileSync(path)]).toEqual([0xff, 0x62]);
  });
});
