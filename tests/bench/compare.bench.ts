import { compareSubjects } from '../../src-main/compare/index.ts';
import type { CompareInput } from '../../src-main/compare/index.ts';
import type { RunEvent } from '../../src-main/contract/index.ts';
import { SecretBook } from '../../src-main/wire/secrets/index.ts';
import { longRun } from '../main/export/support/long-run.ts';
import type { Bench } from './support/bench.ts';
import { median } from './support/statistics.ts';

const EXCHANGES = 2000;

/** Each exchange a step of its own, so that there are as many to align. */
function stepped(): RunEvent[] {
  return longRun(EXCHANGES).flatMap((event, index): RunEvent[] => {
    if (event.type !== 'exchange-recorded') return [event];
    const { at, mono, boot } = event;
    const step = `s${index}`;
    return [{ at, mono, boot, seq: index * 2, type: 'step-started', step, kind: 'refresh' }, { ...event, step, seq: index * 2 + 1 }];
  });
}

function masked(events: readonly RunEvent[]): CompareInput {
  const book = new SecretBook(new Uint8Array(32).fill(7));
  for (const event of events) book.learn(event);
  return { kind: 'run', subject: { kind: 'run', runId: '6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f10' }, events: events.map((event) => book.maskEvent(event)), diagnosis: null };
}

const bench: Bench = {
  name: `comparing two runs of ${EXCHANGES} exchanges`,
  goal: 'no more than four times what masking them takes',
  async run() {
    const runs = [stepped(), stepped()];
    const [ours, baseline]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < 5; turn += 1) {
      let started = performance.now();
      const inputs = runs.map(masked);
      baseline.push((performance.now() - started) / 1000);
      started = performance.now();
      const { steps } = compareSubjects(inputs);
      ours.push((performance.now() - started) / 1000);
      if (steps.length !== EXCHANGES) throw new Error(`${steps.length} steps instead of ${EXCHANGES}`);
    }
    return { ours: median(ours), baseline: median(baseline), unit: 's', note: 'every exchange is a step of its own in both; baseline: reading and masking the secrets of both runs, which comes before' };
  },
};
export default bench;
