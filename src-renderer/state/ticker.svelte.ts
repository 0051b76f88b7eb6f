import { createSubscriber } from 'svelte/reactivity';

/** A second hand. Ticks only while something on screen reads it and the window is visible. */
export class Ticker {
  #count = 0;
  readonly #subscribe = createSubscriber((update) => {
    const timer = setInterval(() => {
      if (document.hidden) return;
      this.#count += 1;
      update();
    }, 1000);
    return () => clearInterval(timer);
  });

  /** Read it to be run again each second. */
  get seconds(): number {
    this.#subscribe();
    return this.#count;
  }
}
