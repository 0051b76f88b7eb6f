import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BrowserWindow, Dialog } from 'electron';
import type { Result } from '../contract/index.ts';
import { fail, ok } from '../contract/index.ts';

/** No environment file is near this, in bytes. */
const LARGEST = 20_000_000;
/** Characters gathered before they are written. */
const GATHERED = 1_000_000;

/** The system's dialogs for files, and files written whole or not at all. */
export function fileDialogs(dialog: Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>, window: BrowserWindow): {
  askPath(fileName: string): Promise<string | null>;
  askText(): Promise<Result<{ fileName: string; text: string }> | null>;
  write: typeof writeFileWhole;
} {
  return {
    askPath: async (fileName) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: fileName, properties: ['showOverwriteConfirmation'] });
      return canceled || filePath === '' ? null : filePath;
    },
    askText: async () => {
      const { canceled, filePaths: [path] } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters: [{ name: 'Environments', extensions: ['json'] }, { name: 'All files', extensions: ['*'] }] });
      return canceled || path === undefined ? null : readText(path);
    },
    write: writeFileWhole,
  };
}

async function readText(path: string): Promise<Result<{ fileName: string; text: string }>> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST) return fail({ code: 'file-too-large', message: `The file has more than ${LARGEST} bytes.` });
    return ok({ fileName: basename(path), text: await readFile(path, 'utf8') });
  } catch (error) {
    return fail({ code: 'file-unreadable', message: 'The file could not be read.', why: codeOf(error) });
  }
}

/**
 * Writes a file beside its place first, then puts it there: a full disk or a crash leaves what was there before.
 *
 * @param secret readable and writable by its owner alone, also where a more open file stood before
 */
export async function writeFileWhole(path: string, chunks: Iterable<string>, { encoding, secret }: { encoding: 'utf8' | 'latin1'; secret: boolean }): Promise<Result<null>> {
  const beside = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(beside, 'wx', secret ? 0o600 : 0o666);
    try {
      let gathered = '';
      for (const chunk of chunks) {
        gathered += chunk;
        if (gathered.length < GATHERED) continue;
        await file.writeFile(gathered, encoding);
        gathered = '';
      }
      await file.writeFile(gathered, encoding);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    return ok(null);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    return fail({ code: 'file-not-written', message: 'The file could not be written. What was there before is as it was.', why: codeOf(error), next: 'Choose another folder, or make room on the disk.' });
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'The system gave no reason.');
