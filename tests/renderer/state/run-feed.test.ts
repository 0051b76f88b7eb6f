import { describe, expect, it } from 'vitest';
import { RunFeed } from '../../../src-renderer/state/run-feed.ts';
import { firstSelection, sameSelection } from '../../../src-renderer/state/selection.ts';
import { foldRun } from '../../../src-main/contract/read/run-state.ts';
import { finishedRun, unreachableRun } from '../support/runs.ts';

const id = 'aaaaaaaa-aaaa-4aaa-8aaa-000000000001';
const events = finishedRun(id, 1_700_000_000_000, 5000, true);
const at = (seq: number) => events[seq] as (typeof events)[number];

describe('a Run as it arrives', () => {
  it('queues what comes before the snapshot and replays what the snapshot does not hold', () => {
    const feed = new RunFeed();
    expect(feed.receive(at(4))).toBe('queued');
    expect(feed.receive(at(5))).toBe('queued');
    expect(feed.loaded).toBe(false);
    expect(feed.load(events.slice(0, 5))).toBe('live');
    expect(feed.snapshot.next).toBe(6);
    expect(feed.snapshot.steps).toEqual(foldRun(events.slice(0, 6)).steps);
  });

  it('replays a queue that arrived out of order', () => {
    const feed = new RunFeed();
    for (const seq of [7, 5, 6]) feed.receive(at(seq));
    expect(feed.load(events.slice(0, 5))).toBe('live');
    expect(feed.snapshot.next).toBe(8);
  });

  it('ignores an event it knows and says when one is missing', () => {
    const feed = new RunFeed();
    feed.load(events.slice(0, 5));
    expect(feed.receive(at(2))).toBe('known');
    expect(feed.receive(at(6))).toBe('gap');
    expect(feed.receive(at(5))).toBe('applied');
    expect(feed.snapshot.next).toBe(6);
  });

  it('says when the queue does not continue the snapshot', () => {
    const feed = new RunFeed();
    feed.receive(at(9));
    expect(feed.load(events.slice(0, 5))).toBe('gap');
  });

  it('hands out a new object for each change, equal to the fold of all events', () => {
    const feed = new RunFeed();
    feed.load(events.slice(0, 1));
    const before = feed.snapshot;
    for (const event of events.slice(1)) expect(feed.receive(event)).toBe('applied');
    expect(feed.snapshot).not.toBe(before);
    expect(feed.snapshot).toEqual(foldRun(events));
  });
});

describe('what is selected in a Run nobody has clicked in', () => {
  it('the exchange of the last refusal', () => {
    const state = foldRun(events);
    expect(firstSelection(state)).toEqual({ kind: 'exchange', id: state.refusals.at(-1)?.exchangeId });
  });

  it('the exchange that failed, where none was refused', () => {
    expect(firstSelection(foldRun(unreachableRun(id, 0)))).toEqual({ kind: 'exchange', id: 'exchange-0' });
  });

  it('the exchange of the last tokens, where all went well', () => {
    const state = foldRun(finishedRun(id, 0, 0, false));
    expect(firstSelection(state)).toEqual({ kind: 'exchange', id: state.tokens.at(-1)?.exchangeId });
  });

  it('nothing of a Run that has only begun', () => {
    expect(firstSelection(foldRun(events.slice(0, 2)))).toBeNull();
  });

  it('compares selections by what they point at', () => {
    expect(sameSelection({ kind: 'event', seq: 3 }, { kind: 'event', seq: 3 })).toBe(true);
    expect(sameSelection({ kind: 'event', seq: 3 }, { kind: 'event', seq: 4 })).toBe(false);
    expect(sameSelection({ kind: 'token', id: 'a' }, { kind: 'exchange', id: 'a' })).toBe(false);
    expect(sameSelection(null, { kind: 'token', id: 'a' })).toBe(false);
    expect(sameSelection(null, null)).toBe(true);
  });
});
