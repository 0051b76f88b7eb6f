import type { Result } from '../../contract/result.ts';
import { fail, ok } from '../../contract/result.ts';
import type { ImportedExchange, Remark } from '../imported.ts';
import { remark } from '../imported.ts';
import { limits } from '../limits.ts';
import { positionOf } from '../position.ts';
import { readEntry } from './entry.ts';
import { salvageEntries } from './salvage.ts';

export interface ReadHar { exchanges: ImportedExchange[]; remarks: Remark[] }

/**
 * Reads a HAR 1.2 file as browsers and other tools write it. Members that are missing or of another kind are left out and named;
 * a file cut off in the middle gives the entries before the cut.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function readHar(text: string): Result<ReadHar> {
  const remarks: Remark[] = [];
  const found = entriesOf(text, remarks);
  if (!found.ok) return found;
  const entries = found.value;
  if (entries.length > limits.entries) remarks.push(remark('too-many-entries', `Only the last ${limits.entries} of ${entries.length} entries were read.`, 'log.entries'));
  const first = Math.max(0, entries.length - limits.entries);
  const exchanges: ImportedExchange[] = [];
  let skipped = 0;
  for (let index = first; index < entries.length; index += 1) {
    const read = readEntry(entries[index], `log.entries[${index}]`, remarks);
    if (read === null) skipped += 1;
    else exchanges.push(read);
  }
  if (skipped > 0) remarks.push(remark('entries-skipped', `${skipped} entries are no readable http requests and were left out.`, 'log.entries'));
  return ok({ exchanges, remarks });
}

function entriesOf(text: string, remarks: Remark[]): Result<unknown[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const saved = salvageEntries(text);
    // The engine names a position only for some mistakes; the entry that could not be read is known for all.
    const named = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    const at = named === undefined ? (saved?.broken.at ?? text.length) : Number(named);
    const where = `character ${at + 1} (${positionOf(text, at)})`;
    const part = saved === null ? 'before log.entries' : `log.entries[${saved.broken.index}]`;
    if (saved === null) {
      return fail({ code: 'broken-json', message: `The file is broken at ${where}.`, why: 'It is no JSON there, and no list of requests comes before.', next: 'Export the network log again, as HAR with content.', field: `character ${at + 1}` });
    }
    remarks.push(remark('broken-json', `The file is broken in ${part} at ${where}; ${saved.entries.filter((entry) => entry !== null).length} whole entries could be read.`, part, 'Export the file again to have all of it.'));
    return ok(saved.entries);
  }
  const entries = member(member(parsed, 'log'), 'entries') ?? member(parsed, 'entries');
  return Array.isArray(entries) ? ok(entries) : fail({
    code: 'not-a-har', message: 'This JSON is not a HAR file.', why: 'It has no list at log.entries.', next: 'Export the network log as HAR (with content) and import that.', field: 'log.entries',
  });
}

export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
