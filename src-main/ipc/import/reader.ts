import type { ImportPreview, ImportScope } from '../../contract/import.ts';
import type { Result } from '../../contract/result.ts';
import { ok } from '../../contract/result.ts';
import type { RunEvent } from '../../contract/run.ts';
import { ImportSession } from '../../import/index.ts';

/** One import being read, in this process or another. Every answer may be a problem: the other process may have ended. */
export interface ImportReader {
  preview(text: string, answer?: string, fileName?: string): Promise<Result<ImportPreview>>;
  begin(title: string, what: ImportScope, importedAt: number): Promise<Result<null>>;
  /** The next events in order; none at the end. */
  next(): Promise<Result<RunEvent[]>>;
  /** Ends it, also in the middle of a reading. */
  close(): void;
}

/** Reads in this process: for texts so short that another would take longer to start. */
export class LocalReader implements ImportReader {
  readonly #session = new ImportSession();

  async preview(...input: Parameters<ImportSession['preview']>): Promise<Result<ImportPreview>> {
    return this.#session.preview(...input);
  }

  async begin(...input: Parameters<ImportSession['begin']>): Promise<Result<null>> {
    this.#session.begin(...input);
    return ok(null);
  }

  async next(): Promise<Result<RunEvent[]>> {
    return ok(this.#session.next());
  }

  close(): void {
    // Nothing is open.
  }
}
