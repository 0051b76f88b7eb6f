import { describe, expect, it } from 'vitest';
import { IMPORT_TEXT_LIMIT } from '../../../src-main/contract/import-limit.ts';
import { sizeText, sourceOfFile, sourceOfText } from '../../../src-renderer/import/source.ts';
import { placeIn, secretsText, timesText } from '../../../src-renderer/import/words.ts';

describe('what a person brings', () => {
  it('attack 53: a file beyond the limit is refused before it is read', async () => {
    const file = { name: 'big.har', size: IMPORT_TEXT_LIMIT + 1, arrayBuffer: () => Promise.reject(new Error('read')) } as unknown as File;
    expect(await sourceOfFile(file)).toMatchObject({ ok: false, problem: { code: 'import-too-large' } });
    expect(sourceOfText('x'.repeat(IMPORT_TEXT_LIMIT + 1))).toMatchObject({ ok: false, problem: { code: 'import-too-large' } });
  });

  it('a file that cannot be read (a folder, say) is a problem that names it', async () => {
    const file = { name: 'folder', size: 0, arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) } as unknown as File;
    expect(await sourceOfFile(file)).toMatchObject({ ok: false, problem: { code: 'file-not-read', message: expect.stringContaining('folder') as string } });
  });

  it('UTF-8, and UTF-16 as PowerShell writes it', async () => {
    expect(await sourceOfFile(new File(['curl ä'], 'a.txt'))).toEqual({ ok: true, value: { text: 'curl ä', name: 'a.txt' } });
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from('curl ä', 'utf16le')]);
    expect(await sourceOfFile(new File([utf16], 'b.txt'))).toEqual({ ok: true, value: { text: 'curl ä', name: 'b.txt' } });
  });
});

describe('words', () => {
  it('sizes, secrets and times', () => {
    expect([1, 812, 3400, 34_000, 3_400_000].map(sizeText)).toEqual(['1 byte', '812 bytes', '3.4 kB', '34 kB', '3.4 MB']);
    expect(secretsText(['authorization', 'client_secret', 'cookie'])).toBe('Authorization header, client secret and cookies');
    expect(timesText({ from: null, to: null })).toBeNull();
    expect(timesText({ from: 1.75e12, to: 1.75e12 + 42_000 })).toMatch(/, over 42 s$/);
  });

  it('the place a problem names, as a position in the text', () => {
    expect(placeIn('abcdef', 'character 3')).toBe(2);
    expect(placeIn('a\nbc\nd', 'line 3')).toBe(5);
    expect(placeIn('a', 'character 99')).toBe(1);
    for (const field of [undefined, 'log.entries[1]', 'line 9']) expect(placeIn('a\nb', field)).toBeNull();
  });
});
