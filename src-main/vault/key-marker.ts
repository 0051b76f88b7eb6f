import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import { fileProblem, writePrivateFile } from './private-files.ts';
import type { Sealer } from './sealing.ts';

export const MARKER_FILE = 'vault.json';

const keyMarkerSchema = z.object({ format: z.literal(1), keyId: z.uuid(), check: z.string().regex(/^[0-9a-f]{64}$/), created: z.string() });

/**
 * The file beside the sealed data that says which key it was sealed with: an id and a check value, nothing secret.
 * While it is there, a keychain that answers "nothing" is locked or has lost the key, and no new key is made.
 */
export type KeyMarker = z.infer<typeof keyMarkerSchema>;

export function readKeyMarker(folder: string): Result<KeyMarker | null> {
  let text: string;
  try {
    text = readFileSync(join(folder, MARKER_FILE), 'utf8');
  } catch (error) {
    // ENOTDIR: a part of the path is a file, so nothing can be there either.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return ok(null);
    return fail(fileProblem('key-marker-unreadable', 'The vault\'s key marker could not be read.', error));
  }
  const parsed = keyMarkerSchema.safeParse(parseJson(text));
  if (parsed.success) return ok(parsed.data);
  return fail({
    code: 'key-marker-damaged', message: 'The vault\'s key marker is damaged, so saved runs cannot be read.',
    why: `${MARKER_FILE} in the data folder is not what Grantscope wrote.`,
    next: 'Put the file back from a backup, or reset the vault: the old one is kept beside it.',
  });
}

/** @throws the system's error; `EEXIST` where another process was faster */
export function writeKeyMarker(folder: string, sealer: Sealer): void {
  const marker: KeyMarker = { format: 1, keyId: sealer.keyId, check: checkValue(sealer), created: new Date().toISOString() };
  writePrivateFile(join(folder, MARKER_FILE), `${JSON.stringify(marker)}\n`, { exclusive: true });
}

export function fits(marker: KeyMarker, sealer: Sealer): boolean {
  return timingSafeEqual(Buffer.from(marker.check), Buffer.from(checkValue(sealer)));
}

function checkValue(sealer: Sealer): string {
  return createHmac('sha256', sealer.derive('check')).update(`grantscope key check ${sealer.keyId}`).digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
