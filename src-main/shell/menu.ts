import type { MenuItemConstructorOptions } from 'electron';
import { Menu } from 'electron';

/** The application menu: the roles every desktop expects, the import, and nothing that could reach another page. */
export function applicationMenu(onImport: () => void): Menu {
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  return Menu.buildFromTemplate([
    ...mac,
    { label: 'File', submenu: [{ label: 'Import…', accelerator: 'CmdOrCtrl+I', click: onImport }, { type: 'separator' }, { role: process.platform === 'darwin' ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    { label: 'View', submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' }] },
    { role: 'windowMenu' },
  ]);
}
