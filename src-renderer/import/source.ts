import { IMPORT_TEXT_LIMIT } from '../../src-main/contract/import-limit.ts';
import type { Problem, Result } from '../../src-main/contract/result.ts';
import { fail, ok } from '../../src-main/contract/outcome.ts';

/** A text longer than this is named, not shown: a text area with megabytes in it stops the window. */
export const SHOWN_CHARACTERS = 200_000;

/** A text to import and where it came from; `name` is a file's own, without its folder. */
export interface Source { text: string; name: string | null }

/** Reads a dropped or chosen file here in the window, so that no path leaves it. Refuses what is larger than an import may be before reading. */
export async function sourceOfFile(file: File): Promise<Result<Source>> {
  if (file.size > IMPORT_TEXT_LIMIT) return fail(tooLarge(file.size));
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return ok({ text: textOf(bytes), name: file.name });
  } catch {
    return fail({ code: 'file-not-read', message: `${file.name} could not be read.`, why: 'It is a folder, or was moved or changed meanwhile.', next: 'Choose it once more.' });
  }
}

export function sourceOfText(text: string): Result<Source> {
  return text.length > IMPORT_TEXT_LIMIT ? fail(tooLarge(text.length)) : ok({ text, name: null });
}

/** PowerShell redirects (`>`) write UTF-16 with a byte order mark; everything else is UTF-8. */
function textOf(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** A size as people read it: `812 bytes`, `3.4 MB`. */
export function sizeText(size: number): string {
  if (size < 1000) return `${size} ${size === 1 ? 'byte' : 'bytes'}`;
  return size < 1_000_000 ? `${(size / 1000).toFixed(size < 10_000 ? 1 : 0)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

function tooLarge(size: number): Problem {
  return {
    code: 'import-too-large', message: `This is too large to import: ${sizeText(size)}, at most ${sizeText(IMPORT_TEXT_LIMIT)} are read.`,
    next: 'Export fewer requests, for instance only those to the authorization server, or without the content of pictures and scripts.',
  };
}
