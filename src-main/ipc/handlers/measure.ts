import { fail, foldRun, ok } from '../../contract/index.ts';
import { codeLimitOf } from '../../diagnosis/index.ts';
import type { MeasureService } from '../../flow/measure/index.ts';
import type { Services } from '../../services.ts';
import type { Handlers } from '../channels.ts';

type Names = Extract<keyof Handlers, `measure.${string}`> | 'timeline.codeLimit';

/** Measurements of lifetimes, and what is known of a provider's codes beside the Run. */
export function measureHandlers({ history }: Services, measures: MeasureService): Pick<Handlers, Names> {
  return {
    'timeline.codeLimit': async ({ runId }) => {
      const events = history.read(runId);
      return events.ok ? ok(codeLimitOf(foldRun(events.value))) : events;
    },
    'measure.plan': async ({ runId, options }) => measures.plan(runId, options),
    'measure.start': async ({ runId, options, browser }) => measures.start(runId, options, browser),
    'measure.stop': async ({ runId }) => (measures.stop(runId) ? ok(null) : fail({ code: 'not-measuring', message: 'Nothing is being measured in this run.' })),
    'measure.continue': async ({ runId }) => (measures.continue(runId) ? ok(null) : fail({ code: 'not-waiting', message: 'This measurement is not waiting for you.' })),
    'measure.status': async () => ok(measures.status()),
  };
}
