// `npm run bench`: one table of ratios. Never fails for being slow: a noisy machine is no broken build.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { hasDisplay, onVirtualDisplay } from './desktop.mjs';
import { electronPath, ensureElectron } from './electron-binary.mjs';
import { run } from './run.mjs';
import { appPackages, ensureSystemLibraries } from './system-libraries.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
await ensureDependencies();
if (!await ensureSystemLibraries(appPackages)) process.exit(1);
await ensureElectron();
await ensureBuild();
const command = [electronPath(), 'tests/bench/run.ts', ...process.argv.slice(2)];
const [program, ...args] = hasDisplay() ? command : onVirtualDisplay(command);
process.exitCode = await run(program, args, { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
