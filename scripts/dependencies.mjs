import { isFresh, writeStamp } from './stamp.mjs';
import { must, npm, say } from './run.mjs';

const stamp = 'node_modules/.grantscope-stamp';
const inputs = ['package-lock.json'];

/** Installs the locked dependencies where they are missing or stale. */
export async function ensureDependencies() {
  if (isFresh(stamp, inputs)) return;
  say('Installing dependencies …');
  // No install scripts: keytar carries its prebuilt binaries, esbuild's is a package of its own, and nothing else here needs one.
  await must(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeStamp(stamp, inputs);
}
