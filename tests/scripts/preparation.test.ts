import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const load = (name: string) => import(new URL(`../../scripts/${name}.mjs`, import.meta.url).href) as Promise<Record<string, (...args: never[]) => unknown>>;

describe('what npm start and npm test decide', () => {
  it('a stamp is fresh until a byte changes, a file comes or one goes', async () => {
    const { isFresh, writeStamp } = await load('stamp') as unknown as { isFresh(stamp: string, paths: string[]): boolean; writeStamp(stamp: string, paths: string[]): void };
    const folder = mkdtempSync(join(tmpdir(), 'grantscope-stamp-'));
    const [stamp, source, other] = [join(folder, 'made/.stamp'), join(folder, 'a.ts'), join(folder, 'b.ts')];
    writeFileSync(source, '1');
    expect(isFresh(stamp, [source, other])).toBe(false);
    writeStamp(stamp, [source, other]);
    expect(isFresh(stamp, [source, other])).toBe(true);
    writeFileSync(other, '');
    expect(isFresh(stamp, [source, other])).toBe(false);
    writeStamp(stamp, [source, other]);
    writeFileSync(source, '2');
    expect(isFresh(stamp, [source, other])).toBe(false);
  });

  it('a library counts as there under its newer name too', async () => {
    const { missing } = await load('system-libraries') as unknown as { missing(wanted: string[], installed: Set<string>): string[] };
    expect(missing(['libgtk-3-0', 'libnss3'], new Set(['libgtk-3-0t64']))).toEqual(['libnss3']);
  });

  it('nothing passes by not running', async () => {
    const { fromVitest, total } = await load('test-results') as unknown as {
      fromVitest(report: unknown, code: number): { passed: number; failed: number }; total(results: unknown[]): { passed: number; failed: number };
    };
    expect(fromVitest(null, 0)).toEqual({ passed: 0, failed: 1 });
    expect(fromVitest({ numFailedTests: 0, numPassedTests: 3, testResults: [{ status: 'failed', assertionResults: [] }] }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(fromVitest({ numFailedTests: 0, numPassedTests: 3, testResults: [] }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(total([{ passed: 1, failed: 0 }, { passed: 2, failed: 3 }])).toEqual({ passed: 3, failed: 3 });
  });

  it('says each failure again, with its file, its name and its reason', async () => {
    const { failuresOf } = await load('test-results') as unknown as { failuresOf(report: unknown, root: string): string[] };
    expect(failuresOf(null, '/repo')).toEqual([]);
    const testResults = [
      { name: '/repo/tests/a.test.ts', status: 'failed', message: 'cannot be loaded', assertionResults: [] },
      { name: '/repo/tests/b.test.ts', status: 'failed', assertionResults: [{ status: 'passed', fullName: 'one' }, { status: 'failed', fullName: 'two', failureMessages: ['expected 1 to be 2'] }] },
    ];
    expect(failuresOf({ testResults }, '/repo')).toEqual(['tests/a.test.ts: cannot be loaded', 'tests/b.test.ts: two: expected 1 to be 2']);
  });
});
