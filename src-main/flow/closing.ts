/** Why everything is cancelled when the app closes: what can go on in the next process is not ended by it. */
export const CLOSING = Symbol('the app is closing');

export const isClosing = (cancel: AbortSignal): boolean => cancel.aborted && cancel.reason === CLOSING;
