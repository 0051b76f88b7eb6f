export interface Deletion { label: string; /** @returns whether it is back */ undo: () => Promise<boolean> }

/** What was deleted in this session and can be brought back, newest last. Main keeps it all for a week; this list is for Undo. */
export class Deletions {
  #list = $state.raw<readonly Deletion[]>([]);

  get last(): Deletion | null { return this.#list.at(-1) ?? null; }

  add(deletion: Deletion): void { this.#list = [...this.#list, deletion].slice(-50); }

  /** @param which the newest, where none is named */
  async undo(which: Deletion | null = this.last): Promise<void> {
    if (which === null || !this.#list.includes(which)) return;
    this.#list = this.#list.filter((deletion) => deletion !== which);
    if (!await which.undo()) this.#list = [...this.#list, which];
  }
}
