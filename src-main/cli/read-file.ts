import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import { importLimits } from '../import/index.ts';
import type { Keychain } from '../vault/index.ts';

/** What the command line takes from its surroundings; tests put their own in its place. */
export interface Surroundings {
  /** Directory that relative file names start from. */
  cwd: string;
  stdin: () => AsyncIterable<Uint8Array>;
  out: (text: string) => void;
  err: (text: string) => void;
  /** Environment variables. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Where the app keeps its environments and Runs. */
  dataFolder: string;
  versions: Record<string, string>;
  keychain: () => Keychain;
  /** Fires when the person wants the command to end. */
  cancel: AbortSignal;
  openSystemBrowser: (url: string) => Promise<Result<null>>;
}

/** The text of a file, or of standard input for `-`; refused beyond the size an import takes. */
export async function readInput(name: string, surroundings: Surroundings): Promise<Result<string>> {
  try {
    return name === '-' ? await readStandardInput(surroundings.stdin()) : await readNamed(resolve(surroundings.cwd, name));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    return fail({ code: 'file-unreadable', message: code === 'ENOENT' ? 'There is no such file.' : code === 'EISDIR' ? 'This is a directory.' : `The file cannot be read (${code}).` });
  }
}

const tooLarge = { code: 'import-too-large', message: `The input is larger than ${importLimits.text} bytes.`, next: 'Export fewer requests.' };

async function readNamed(path: string): Promise<Result<string>> {
  const { size } = await stat(path);
  return size > importLimits.text ? fail(tooLarge) : ok(textOf(await readFile(path)));
}

async function readStandardInput(chunks: AsyncIterable<Uint8Array>): Promise<Result<string>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > importLimits.text) return fail(tooLarge);
    parts.push(chunk);
  }
  return ok(textOf(Buffer.concat(parts)));
}

/** PowerShell's `>` writes UTF-16 with a byte order mark. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
