import type { BrowserWindow } from 'electron';
import { Notification } from 'electron';

/**
 * Tells the person outside the window that tokens were not renewed; a click brings the window to the front.
 *
 * @param environment its name; it is the person's own text
 */
export function notifyRefusedRenewal(environment: string, window: () => BrowserWindow | null, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title: `${environment}: tokens were not renewed`, body: 'The provider refused the refresh. Click to see why.' });
  notification.on('click', () => {
    const shown = window();
    if (!shown) return;
    if (shown.isMinimized()) shown.restore();
    shown.show();
    shown.focus();
    onClick();
  });
  notification.show();
}
