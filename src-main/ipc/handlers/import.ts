import type { Problem } from '../../contract/index.ts';
import { fail, ok } from '../../contract/index.ts';
import type { History } from '../../history/index.ts';
import type { Handlers } from '../channels.ts';
import type { ImportReader } from '../import/reader.ts';
import { LocalReader } from '../import/reader.ts';

type Names = Extract<keyof Handlers, `import.${string}`>;

/** Characters of a text that is read in this process: a few milliseconds at the most. */
export const READ_HERE = 32_000;

/** Texts of others as Runs: shown first, kept when asked to. One import at a time; a new one takes the place of the one before. */
export function importHandlers(
  history: Pick<History, 'appendAll' | 'remove'>, openReader: () => ImportReader, onChange: () => void, now: () => number = Date.now,
): Pick<Handlers, Names> {
  let current: { importId: string; reader: ImportReader; keeping: boolean } | null = null;
  const end = (): void => {
    current?.reader.close();
    current = null;
  };
  return {
    'import.preview': async ({ importId, text, answer, fileName }) => {
      end();
      const reader = text.length + (answer?.length ?? 0) <= READ_HERE ? new LocalReader() : openReader();
      current = { importId, reader, keeping: false };
      const preview = await reader.preview(text, answer, fileName);
      if (current?.reader !== reader) return fail(cancelled);
      if (!preview.ok) end();
      return preview;
    },
    'import.keep': async ({ importId, title, what }) => {
      if (current?.importId !== importId || current.keeping) return fail(notThere);
      current.keeping = true;
      const { reader } = current;
      const begun = await reader.begin(title, what, now());
      if (!begun.ok) {
        end();
        return begun;
      }
      let runId: string | null = null;
      const giveUp = (problem: Problem) => {
        if (current?.reader === reader) end();
        if (runId !== null) history.remove(runId);
        return fail(problem);
      };
      for (;;) {
        const events = await reader.next();
        if (current?.reader !== reader) return giveUp(cancelled);
        if (!events.ok) return giveUp(events.problem);
        const [first] = events.value;
        if (first === undefined) break;
        if (first.type === 'run-started') runId = first.runId;
        // What cannot be written is told by history itself, and stays readable in this session.
        if (runId !== null) history.appendAll(runId, events.value);
        // Between two parts other commands get their turn.
        await new Promise((turn) => { setImmediate(turn); });
      }
      end();
      if (runId === null) return fail(notThere);
      onChange();
      return ok({ runId });
    },
    'import.cancel': async ({ importId }) => {
      if (current?.importId === importId) end();
      return ok(null);
    },
  };
}

const cancelled: Problem = { code: 'import-cancelled', message: 'The import was cancelled.' };
const notThere: Problem = { code: 'unknown-import', message: 'There is no such import any more.', next: 'Read it once more.' };
