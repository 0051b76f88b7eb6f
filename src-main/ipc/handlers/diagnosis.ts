import { fail, foldRun, lintExchange, lintFactsOf, ok } from '../../contract/index.ts';
import { diagnose, fixesFor, probesFor, withoutCopies } from '../../diagnosis/index.ts';
import type { Services } from '../../services.ts';
import type { Handlers } from '../channels.ts';
import type { MaskedRuns } from '../masked-runs.ts';

/** Why a grant was refused, what to ask and what to do: judged over the events in the clear and the ledger of all Runs, told masked. */
export function diagnosisHandlers({ flows, history, ledger }: Services, runs: MaskedRuns): Pick<Handlers, 'diagnosis.explain' | 'diagnosis.lint' | 'diagnosis.lintRun'> {
  return {
    'diagnosis.lint': async ({ runId, exchangeId }) => {
      const events = history.read(runId);
      if (!events.ok) return events;
      const exchange = foldRun(events.value).exchanges.get(exchangeId)?.exchange;
      if (!exchange) return fail({ code: 'unknown-exchange', message: 'This run has no such exchange.' });
      return ok(runs.maskTexts(runId, lintExchange(exchange, lintFactsOf(events.value)(exchangeId))));
    },
    'diagnosis.lintRun': async ({ runId, exchangeIds }) => {
      const events = history.read(runId);
      if (!events.ok) return events;
      const [{ exchanges }, factsOf] = [foldRun(events.value), lintFactsOf(events.value)];
      const judged = exchangeIds.flatMap((id) => {
        const exchange = exchanges.get(id)?.exchange;
        return exchange ? [[id, runs.maskTexts(runId, lintExchange(exchange, factsOf(id)))] as const] : [];
      });
      return ok(Object.fromEntries(judged));
    },
    'diagnosis.explain': async ({ runId, exchangeId }) => {
      const events = history.read(runId);
      if (!events.ok) return events;
      const diagnosis = diagnose(events.value, { ledger: withoutCopies(ledger(), events.value), ...(exchangeId !== undefined && { exchangeId }) });
      if (diagnosis === null) return ok({ diagnosis, probes: [], fixes: {} });
      const state = foldRun(events.value);
      const fixes = Object.fromEntries(diagnosis.causes.filter(({ verdict }) => verdict === 'likely' || verdict === 'possible')
        .map((cause) => [cause.id, fixesFor(cause, diagnosis, state)]));
      const probes = probesFor(diagnosis, state, { running: flows.isRunning(runId) });
      return ok(runs.maskTexts(runId, { diagnosis, probes, fixes }));
    },
  };
}
