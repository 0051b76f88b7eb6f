/**
 * One trip of the browser: which step its events belong to, and whether it was closed before it came back.
 */
export class BrowserWatch {
  /** The step that callbacks and hops belong to once the person is in the browser. */
  step: string | undefined;
  readonly #controller = new AbortController();
  readonly #closed = Promise.withResolvers<void>();

  /** Fires when the trip is over, so that a browser window of our own can be closed. */
  get signal(): AbortSignal { return this.#controller.signal; }
  /** Resolves when the person closed the browser window. */
  get whenClosed(): Promise<void> { return this.#closed.promise; }
  closed(): void { this.#closed.resolve(); }
  end(): void { this.#controller.abort(); }
}
