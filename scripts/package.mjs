// `npm run package`: puts the app with its Electron into dist/, as people get it. Uses the Electron that is here already.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { electronPath, ensureElectron } from './electron-binary.mjs';
import { npm, run, say } from './run.mjs';

// Exact, and not among the dependencies: it is large, and only who makes a release needs it.
const BUILDER = 'electron-builder@26.17.0';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
await ensureDependencies();
await ensureElectron();
await ensureBuild();
const { version } = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8'));
const words = process.argv.slice(2);
process.exitCode = await run(npm, [
  'exec', '--yes', `--package=${BUILDER}`, '--', 'electron-builder', '--publish', 'never', ...(words.length > 0 ? words : ['--dir']),
  `-c.electronVersion=${version}`, `-c.electronDist=${dirname(electronPath())}`,
]);
if (process.exitCode === 0) say('The app is in dist/. It takes the words of the command line too: grantscope diagnose FILE');
