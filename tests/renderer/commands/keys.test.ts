import { describe, expect, it } from 'vitest';
import { chordOf, WINDOW_COMMAND_IDS, windowCommand } from '../../../src-main/contract/window-commands.ts';
import { capsOf, matches } from '../../../src-renderer/commands/keys.ts';

const pressed = (key: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent => ({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held }) as KeyboardEvent;
const all = WINDOW_COMMAND_IDS.flatMap((id) => (windowCommand(id).keys ?? []).map((keys) => ({ id, keys, chord: chordOf(keys) })));

describe('shortcuts', () => {
  it('no two commands have the same', () => {
    const seen = new Map<string, string>();
    for (const { id, keys, chord } of all) {
      const name = JSON.stringify([chord.mod, chord.alt, chord.shift, chord.key]);
      expect(seen.get(name), `${keys} of ${id}`).toBeUndefined();
      seen.set(name, id);
    }
  });

  it('what works in a text field means nothing to a text field', () => {
    const editing = new Set(['a', 'b', 'c', 'v', 'x', 'z', 'y', 'backspace', 'delete', 'arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'home', 'end']);
    for (const { id, keys, chord } of all.filter((command) => windowCommand(command.id).inText)) {
      expect(chord.mod, `${keys} of ${id} has no Ctrl or Command`).toBe(true);
      // Ctrl+Alt is AltGr, which types characters.
      expect(chord.alt, `${keys} of ${id}`).toBe(false);
      if (!chord.shift) expect(editing.has(chord.key), `${keys} of ${id}`).toBe(false);
      expect(['v', 'z'].includes(chord.key), `${keys} of ${id}`).toBe(false);
    }
  });

  it('takes the modifier of the platform and no other', () => {
    expect(matches(pressed('k', { ctrlKey: true }), 'mod+k', false)).toBe(true);
    expect(matches(pressed('k', { metaKey: true }), 'mod+k', true)).toBe(true);
    for (const held of [{}, { metaKey: true }, { ctrlKey: true, metaKey: true }, { ctrlKey: true, shiftKey: true }, { ctrlKey: true, altKey: true }]) expect(matches(pressed('k', held), 'mod+k', false)).toBe(false);
    expect(matches(pressed('k', { ctrlKey: true }), 'mod+k', true)).toBe(false);
  });

  it('goes by the sign where Shift is needed for it, and by the place of the key in another script', () => {
    expect(matches(pressed('?', { shiftKey: true }), '?', false)).toBe(true);
    expect(matches(pressed('?'), '?', false)).toBe(true);
    expect(matches(pressed('л', { ctrlKey: true, code: 'KeyK' }), 'mod+k', false)).toBe(true);
    expect(matches(pressed('z', { ctrlKey: true, code: 'KeyY' }), 'mod+y', false)).toBe(false);
    expect(matches(pressed('F', { ctrlKey: true, shiftKey: true }), 'mod+shift+f', false)).toBe(true);
  });

  it('is written as on the keys', () => {
    expect(capsOf('mod+shift+f', false)).toEqual(['Ctrl', 'Shift', 'F']);
    expect(capsOf('mod+shift+f', true)).toEqual(['⇧', '⌘', 'F']);
    expect(capsOf('alt+arrowdown', false)).toEqual(['Alt', '↓']);
  });
});
