import { chordOf } from '../../src-main/contract/window-commands.ts';

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a key event is the chord. Letters go by what is typed; where Alt or another script changes that, by where the key is. */
export function matches(event: Pressed, keys: string, mac: boolean): boolean {
  const chord = chordOf(keys);
  const [mod, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (mod !== chord.mod || other || event.altKey !== chord.alt) return false;
  const typed = event.key.toLowerCase();
  // A sign such as ? needs Shift on some keyboards and not on others: what is typed decides.
  if (/^[^a-z0-9]$/.test(chord.key)) return typed === chord.key;
  if (event.shiftKey !== chord.shift) return false;
  return typed === chord.key || (chord.key.length === 1 && !/^[a-z0-9]$/.test(typed) && event.code.toLowerCase() === `key${chord.key}`);
}

const signs: Readonly<Record<string, string>> = {
  arrowdown: '↓', arrowup: '↑', arrowleft: '←', arrowright: '→', enter: '↵', backspace: '⌫', plus: '+',
};

/** A chord as the caps of a keyboard, e.g. Ctrl Shift F, on a Mac ⇧ ⌘ F. */
export function capsOf(keys: string, mac: boolean): string[] {
  const { mod, shift, alt, key } = chordOf(keys);
  const sign = signs[key] ?? (key.length === 1 ? key.toUpperCase() : key.charAt(0).toUpperCase() + key.slice(1));
  return mac
    ? [...(alt ? ['⌥'] : []), ...(shift ? ['⇧'] : []), ...(mod ? ['⌘'] : []), sign]
    : [...(mod ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), sign];
}

/** As one text, for a tooltip or a menu. */
export const keysText = (keys: string, mac: boolean): string => capsOf(keys, mac).join(mac ? '' : '+');

/** Where typing means text: keys without a meaning of their own there are left alone. */
export function isTextField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable="true"]') !== null;
}
