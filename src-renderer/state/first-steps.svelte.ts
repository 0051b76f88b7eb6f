const KEY = 'grantscope.first-steps';

/** Whether the hints of the first minute are still shown. Remembered; brought back from the Help menu. */
export class FirstSteps {
  #shown = $state(localStorage.getItem(KEY) !== 'done');

  get shown(): boolean { return this.#shown; }

  dismiss(): void {
    this.#shown = false;
    localStorage.setItem(KEY, 'done');
  }

  again(): void {
    this.#shown = true;
    localStorage.removeItem(KEY);
  }
}
