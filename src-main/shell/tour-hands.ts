import { setTimeout as pause } from 'node:timers/promises';
import type { WebContents } from 'electron';

/** Selects a button, or a menu item, by the name a screen reader would say. */
export interface NamedButton { name: string }
export const button = (name: string): NamedButton => ({ name });

/**
 * Clicks an element where it is, with the mouse events a person's click makes; false where it is not there (yet).
 *
 * @param target a button's accessible name, or a CSS selector in a page that is not ours
 */
export async function clickIn(contents: WebContents, target: NamedButton | string): Promise<boolean> {
  if (contents.isDestroyed() || contents.isLoading()) return false;
  const point = await contents.executeJavaScript(`(${locate.toString()})(${JSON.stringify(target)})`) as { x: number; y: number } | null;
  if (!point) return false;
  const at = { x: Math.round(point.x), y: Math.round(point.y), button: 'left', clickCount: 1 } as const;
  contents.sendInputEvent({ type: 'mouseMove', x: at.x, y: at.y });
  contents.sendInputEvent({ type: 'mouseDown', ...at });
  contents.sendInputEvent({ type: 'mouseUp', ...at });
  return true;
}

// Runs in the page: self-contained on purpose.
function locate(target: { name: string } | string): { x: number; y: number } | null {
  const elements = typeof target === 'string'
    ? [...document.querySelectorAll<HTMLElement>(target)]
    : [...document.querySelectorAll<HTMLElement>('button, [role="menuitem"], [role="option"], a')]
      .filter((element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().startsWith(target.name));
  const element = elements.find((candidate) => candidate.getClientRects().length > 0 && !candidate.hasAttribute('disabled'));
  if (!element) return null;
  element.scrollIntoView({ block: 'nearest' });
  const box = element.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/**
 * Asks again every 150 ms until the answer is neither false nor undefined.
 *
 * @throws Error naming what was waited for, after `limit` milliseconds
 */
export async function waitFor<T>(what: string, ask: () => Promise<T | false | undefined>, limit = 20_000): Promise<T> {
  const end = performance.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`Waited ${limit / 1000} s for ${what}.`);
    await pause(150);
  }
}
