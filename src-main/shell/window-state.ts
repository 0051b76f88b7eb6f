import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const boundsSchema = z.object({
  x: z.number().int().optional(), y: z.number().int().optional(),
  width: z.number().int().min(900).max(20_000), height: z.number().int().min(600).max(20_000),
});
/** `x` and `y` only where the window stood somewhere that is still on a screen. */
export type Bounds = { width: number; height: number } | Rectangle;
export interface Rectangle { x: number; y: number; width: number; height: number }

const defaults: Bounds = { width: 1280, height: 820 };

/** What the window looks like: as the system does, or always light or dark. */
export type Theme = 'system' | 'light' | 'dark';
const themeSchema = z.object({ theme: z.enum(['system', 'light', 'dark']) });

/** Where the window stood last time and its theme, in `window.json` of the data folder; no secret and no title. */
export class WindowState {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'window.json');
  }

  /** @param fits whether a rectangle lies on a screen that is there today */
  load(fits: (bounds: Rectangle) => boolean): Bounds {
    try {
      const { x, y, ...size } = boundsSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
      return x !== undefined && y !== undefined && fits({ x, y, ...size }) ? { x, y, ...size } : size;
    } catch {
      // Never saved, or not readable: the defaults are as good.
      return defaults;
    }
  }

  /** @returns `system` where none was chosen */
  theme(): Theme {
    try {
      return themeSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8'))).theme;
    } catch {
      return 'system';
    }
  }

  save(bounds: Bounds, theme: Theme): void {
    const temporary = `${this.#path}.new`;
    try {
      const file = openSync(temporary, 'w', 0o600);
      writeSync(file, JSON.stringify({ ...boundsSchema.parse(bounds), theme }));
      fsyncSync(file);
      closeSync(file);
      renameSync(temporary, this.#path);
    } catch {
      // A full or read-only disk loses a window position, nothing else.
    }
  }
}
