import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { WINDOW_COMMAND_IDS, windowCommand } from '../../../src-main/contract/index.ts';
import { acceleratorOf, menuTemplate } from '../../../src-main/shell/menu-template.ts';

const items = (menus: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] => menus.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));

describe('the native menu', () => {
  it('has every command once, with its title and keys, and tells the window which was chosen', () => {
    const chosen: string[] = [];
    const listed = items(menuTemplate({ onCommand: (id) => chosen.push(id), packaged: false, mac: false })).filter(({ id }) => id !== undefined);
    expect(listed.map(({ id }) => id).sort()).toEqual([...WINDOW_COMMAND_IDS].sort());
    for (const item of listed) {
      const command = windowCommand(item.id as (typeof WINDOW_COMMAND_IDS)[number]);
      expect(item.label).toBe(command.title);
      if (command.keys?.[0] !== undefined) expect(item.accelerator).toBe(acceleratorOf(command.keys[0]));
      (item.click as (() => void) | undefined)?.();
    }
    expect(chosen).toEqual(listed.filter(({ role }) => role === undefined).map(({ id }) => id));
  });

  it('takes no key away from the window, and none stands in it twice', () => {
    const listed = items(menuTemplate({ onCommand: () => undefined, packaged: false, mac: false }));
    expect(listed.filter(({ id, role, registerAccelerator }) => id !== undefined && role === undefined && registerAccelerator !== false)).toEqual([]);
    const keys = listed.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [String(accelerator)]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('a released build has no developer tools, no reload, and no other page', () => {
    const roles = (packaged: boolean) => items(menuTemplate({ onCommand: () => undefined, packaged, mac: false })).map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
    for (const role of ['reload', 'forceReload'] as const) expect(roles(false)).not.toContain(role);
  });

  it('writes keys as Electron wants them', () => {
    expect(acceleratorOf('mod+shift+f')).toBe('CmdOrCtrl+Shift+F');
    expect(acceleratorOf('alt+arrowdown')).toBe('Alt+Down');
    expect(acceleratorOf('mod+plus')).toBe('CmdOrCtrl+Plus');
  });
});
