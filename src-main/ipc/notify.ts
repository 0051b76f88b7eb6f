import type { BrowserWindow } from 'electron';
import type { NoticeName, Notices } from '../contract/index.ts';

/** Sends notices of the contract to the window, if there is one; a notice without a window is not needed by anybody. */
export class Notifier {
  #window: BrowserWindow | null = null;

  attach(window: BrowserWindow): void {
    this.#window = window;
  }

  send<N extends NoticeName>(name: N, notice: Notices[N]): void {
    if (this.#window === null || this.#window.isDestroyed() || this.#window.webContents.isCrashed()) return;
    this.#window.webContents.send(`grantscope:notice:${name}`, notice);
  }
}
