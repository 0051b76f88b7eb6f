import type { Problem, RunEvent, RunSummary } from '../contract/index.ts';
import { runEventSchema } from '../contract/index.ts';
import type { SealedRecord, Sealer } from '../vault/index.ts';
import { NO_TAG, tagOf } from '../vault/index.ts';
import type { EventRow, HeadRow } from './run-rows.ts';

/** What a Run's rows came to: all its events, or those before the first damage and what the damage is. */
export interface ReadChain { events: RunEvent[]; lastTag: Uint8Array; problem: Problem | null }

const eventRecord = (runId: string, seq: number, previousTag: Uint8Array): SealedRecord => ({ kind: 'run-event', recordId: runId, seq, previousTag });

/** The head is bound to the number of events and the last one's tag, so a tail cut off shows. */
const headRecord = (runId: string, events: number, lastTag: Uint8Array): SealedRecord =>
  ({ kind: 'run-summary', recordId: runId, seq: events, previousTag: lastTag });

export function sealEvent(sealer: Sealer, runId: string, event: RunEvent, previousTag: Uint8Array): EventRow & { tag: Uint8Array } {
  const sealed = sealer.seal(eventRecord(runId, event.seq, previousTag), Buffer.from(JSON.stringify(event)));
  return { seq: event.seq, sealed, tag: tagOf(sealed) };
}

export function sealHead(sealer: Sealer, summary: RunSummary, lastTag: Uint8Array): Omit<HeadRow, 'removedAt'> {
  const sealed = sealer.seal(headRecord(summary.id, summary.events, lastTag), Buffer.from(JSON.stringify(summary)));
  return { runId: summary.id, startedAt: Math.trunc(summary.startedAt), events: summary.events, lastTag, summary: sealed };
}

/** The summary of a Run without reading its events; `null` where the head was changed. */
export function openHead(sealer: Sealer, head: HeadRow): RunSummary | null {
  const plain = sealer.open(headRecord(head.runId, head.events, head.lastTag), head.summary);
  return plain && JSON.parse(Buffer.from(plain).toString('utf8')) as RunSummary;
}

/**
 * Opens a Run's events in order. Each is bound to its number and to the tag of the one before, the head to the last:
 * a record changed, dropped, repeated, moved or brought back from earlier ends the readable part there.
 *
 * Not seen: a whole Run taken away, or a whole Run put back to an earlier state with the head it then had.
 */
export function readChain(sealer: Sealer, runId: string, head: HeadRow | null, rows: readonly EventRow[]): ReadChain {
  const events: RunEvent[] = [];
  let lastTag: Uint8Array = NO_TAG;
  const stop = (why: string): ReadChain => ({ events, lastTag, problem: damaged(runId, events.length, why) });
  for (const row of rows) {
    const number = events.length;
    if (row.seq !== number) return stop(`Record ${number} is missing.`);
    const plain = sealer.open(eventRecord(runId, number, lastTag), row.sealed);
    if (!plain) return stop(`Record ${number} was changed, moved or replaced.`);
    const event = runEventSchema.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
    if (!event.success || event.data.seq !== number) return stop(`Record ${number} is of a kind this version of Grantscope does not know.`);
    events.push(event.data);
    lastTag = tagOf(row.sealed);
  }
  if (!head) return stop('The record that closes the run is missing.');
  if (!openHead(sealer, head)) return stop('The record that closes the run was changed.');
  if (head.events > events.length) return stop(`Record ${events.length} and what came after it are missing.`);
  if (!Buffer.from(head.lastTag).equals(lastTag)) return stop('The record that closes the run is older than its events.');
  return { events, lastTag, problem: null };
}

const damaged = (runId: string, readable: number, why: string): Problem => ({
  code: 'run-damaged', message: `The saved run ${runId} was damaged; its first ${readable} records can be read.`, why,
  next: 'Other runs are not affected. The damaged rows were left as they are.',
});
