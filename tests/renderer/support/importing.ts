import type { CommandInput } from '../../../src-main/contract/commands.ts';
import type { ImportPreview } from '../../../src-main/contract/import.ts';
import type { Result } from '../../../src-main/contract/result.ts';
import type { RunEvent } from '../../../src-main/contract/run.ts';
import { ImportSession } from '../../../src-main/import/index.ts';

/** What the harness gives the page: the real reader, which needs Node. */
export interface ImportHand {
  (order: 'preview', input: CommandInput<'import.preview'>): Promise<Result<ImportPreview>>;
  (order: 'keep', input: CommandInput<'import.keep'>): Promise<RunEvent[]>;
}

/** One page's imports. The events are not masked: for pictures and tests with made-up values. */
export function importHand(): (order: 'preview' | 'keep', input: never) => unknown {
  const session = new ImportSession();
  return (order, input) => {
    if (order === 'preview') {
      const { text, answer, fileName } = input as CommandInput<'import.preview'>;
      return session.preview(text, answer, fileName);
    }
    const { title, what } = input as CommandInput<'import.keep'>;
    session.begin(title, what, Date.now());
    const events: RunEvent[] = [];
    for (let part = session.next(); part.length > 0; part = session.next()) events.push(...part);
    return events;
  };
}
