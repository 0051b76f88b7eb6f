import type { MenuItemConstructorOptions } from 'electron';
import type { CommandGroup, WindowCommandId } from '../contract/index.ts';
import { COMMAND_GROUPS, chordOf, WINDOW_COMMAND_IDS, windowCommand } from '../contract/index.ts';

export interface MenuParts {
  onCommand(id: WindowCommandId): void;
  /** A released build has no developer tools. */
  packaged: boolean;
  mac: boolean;
}

/** The application menu from the one list of commands, the roles every desktop expects, and nothing that could reach another page. */
export function menuTemplate(parts: MenuParts): MenuItemConstructorOptions[] {
  const menus = COMMAND_GROUPS.map((group) => ({ label: group, submenu: [...rolesBefore(group), ...commandsOf(group, parts), ...rolesAfter(group, parts)] }));
  const [help] = menus.splice(-1);
  return [
    ...(parts.mac ? [{ role: 'appMenu' as const }] : []),
    ...menus.filter(({ submenu }) => submenu.length > 0), { role: 'windowMenu' }, ...(help ? [{ ...help, role: 'help' as const }] : []),
  ];
}

function commandsOf(group: CommandGroup, { onCommand }: MenuParts): MenuItemConstructorOptions[] {
  return WINDOW_COMMAND_IDS.filter((id) => windowCommand(id).group === group).map((id): MenuItemConstructorOptions => {
    const { title, keys: [keys] = [], role } = windowCommand(id);
    const accelerator = keys === undefined ? {} : { accelerator: acceleratorOf(keys) };
    if (role !== undefined) return { id, label: title, role, ...accelerator };
    // Shown, not taken: the window acts on its keys itself, so that a text field keeps those it has a use for.
    return { id, label: title, ...accelerator, registerAccelerator: false, click: () => onCommand(id) };
  });
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

function rolesBefore(group: CommandGroup): MenuItemConstructorOptions[] {
  return group === 'Edit' ? [{ role: 'undo' }, { role: 'redo' }, separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }, separator] : [];
}

function rolesAfter(group: CommandGroup, { packaged, mac }: MenuParts): MenuItemConstructorOptions[] {
  if (group === 'File') return [separator, { role: mac ? 'close' : 'quit' }];
  return group === 'Developer' && !packaged ? [{ role: 'toggleDevTools', accelerator: 'F12' }] : [];
}

/** A chord in Electron's words. */
export function acceleratorOf(keys: string): string {
  const { mod, shift, alt, key } = chordOf(keys);
  const words: Readonly<Record<string, string>> = { arrowup: 'Up', arrowdown: 'Down', arrowleft: 'Left', arrowright: 'Right', enter: 'Return', backspace: 'Backspace', plus: 'Plus' };
  return [...(mod ? ['CmdOrCtrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), words[key] ?? key.toUpperCase()].join('+');
}
