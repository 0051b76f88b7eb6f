import { existsSync } from 'node:fs';
import { isFresh, writeStamp } from './stamp.mjs';
import { must, say } from './run.mjs';

const stamp = 'out/.stamp';
const inputs = ['src-main', 'src-renderer', 'resources', 'electron.vite.config.ts', 'tsconfig.json', 'package-lock.json'];

/** Builds main, preload and window where their sources have changed since the last build. */
export async function ensureBuild() {
  if (existsSync('out/main/main.js') && isFresh(stamp, inputs)) return;
  say('Building …');
  await must(process.execPath, ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'], { stdio: ['ignore', 'ignore', 'inherit'] });
  writeStamp(stamp, inputs);
}
