import { createHash } from 'node:crypto';
import type { Clipboard } from 'electron';

/** How long a copied secret stays on the clipboard, in milliseconds. */
export const SECRET_ON_CLIPBOARD = 60_000;

/** Copies text; what holds a secret is taken off the clipboard again after a minute if it is still there. */
export class SecretClipboard {
  readonly #clipboard: Pick<Clipboard, 'writeText' | 'readText' | 'clear'>;
  readonly #keep: number;
  #timer: NodeJS.Timeout | undefined;
  #digest: string | undefined;

  constructor(clipboard: Pick<Clipboard, 'writeText' | 'readText' | 'clear'>, keep = SECRET_ON_CLIPBOARD) {
    this.#clipboard = clipboard;
    this.#keep = keep;
  }

  copy(text: string): void {
    this.#clipboard.writeText(text);
  }

  copySecret(text: string): void {
    this.#clipboard.writeText(text);
    clearTimeout(this.#timer);
    // A digest, so that this process does not hold another copy of the secret for a minute.
    this.#digest = digest(text);
    this.#timer = setTimeout(() => this.clearSecret(), this.#keep);
    this.#timer.unref();
  }

  /** Also called on quit: a secret does not outlive the app on the clipboard. */
  clearSecret(): void {
    clearTimeout(this.#timer);
    if (this.#digest !== undefined && digest(this.#clipboard.readText()) === this.#digest) this.#clipboard.clear();
    this.#digest = undefined;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
