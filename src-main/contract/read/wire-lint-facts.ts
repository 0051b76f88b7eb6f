import type { RunEvent } from '../run.ts';
import type { LintFacts } from './wire-lint.ts';

/** What is known around each exchange of a Run for judging it: the metadata, what the person added, and what was done on purpose. */
export function lintFactsOf(events: Iterable<RunEvent>): (exchangeId: string) => LintFacts {
  const common: { metadata?: Record<string, unknown>; added: string[] } = { added: [] };
  const steps = new Set<string>();
  const onPurpose = new Set<string>();
  let edited = false;
  for (const event of events) {
    if (event.type === 'run-started') common.added = event.environment?.tokenParameters.map(({ name }) => name) ?? [];
    if (event.type === 'metadata-read') common.metadata = event.metadata;
    if (event.type === 'step-started' && event.provocation !== undefined) steps.add(event.step);
    if (event.type === 'resumed') edited = event.edited;
    if (event.type === 'exchange-recorded') {
      if (edited || steps.has(event.step)) onPurpose.add(event.exchange.id);
      edited = false;
    }
  }
  return (exchangeId) => ({ ...common, ...(onPurpose.has(exchangeId) && { onPurpose: true }) });
}
