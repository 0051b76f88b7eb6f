/** What searches the view the inspector shows. The view says so itself while it is there. */
export class InspectorSearch {
  #find = $state.raw<(() => void) | null>(null);

  /** Whether there is something to search. */
  get there(): boolean { return this.#find !== null; }
  /** @returns what to call when the view goes away */
  offer(find: () => void): () => void {
    this.#find = find;
    return () => { if (this.#find === find) this.#find = null; };
  }
  open(): void { this.#find?.(); }
}
