import { Menu } from 'electron';
import type { MenuParts } from './menu-template.ts';
import { menuTemplate } from './menu-template.ts';

/** The native menu; what is chosen in it is told to the window, which does it as if its key had been pressed. */
export function applicationMenu(parts: Omit<MenuParts, 'mac'>): Menu {
  return Menu.buildFromTemplate(menuTemplate({ ...parts, mac: process.platform === 'darwin' }));
}
