import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { WindowState } from '../../../src-main/shell/window-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-window-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('keeps where the window stood and its theme; a file of before has neither theme nor error', () => {
  const state = new WindowState(folder);
  expect(state.theme()).toBe('system');
  state.save({ x: 10, y: 20, width: 1000, height: 700 }, 'dark');
  expect(new WindowState(folder).theme()).toBe('dark');
  expect(new WindowState(folder).load(() => true)).toEqual({ x: 10, y: 20, width: 1000, height: 700 });
  writeFileSync(join(folder, 'window.json'), '{"width":1000,"height":700}');
  expect(state.theme()).toBe('system');
  expect(state.load(() => true)).toEqual({ width: 1000, height: 700 });
  writeFileSync(join(folder, 'window.json'), '{"width":1000,"height":700,"theme":"url(x)"}');
  expect(state.theme()).toBe('system');
});
