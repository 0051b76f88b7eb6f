const KEY = 'grantscope.message-mode';
export type MessageMode = 'pretty' | 'raw';

/** How messages are shown, for all of them and the next start too. Only the word is kept. */
class Mode {
  #value = $state<MessageMode>(localStorage.getItem(KEY) === 'raw' ? 'raw' : 'pretty');
  get value(): MessageMode { return this.#value; }
  set value(value: MessageMode) {
    this.#value = value;
    localStorage.setItem(KEY, value);
  }
}

export const messageMode = new Mode();
