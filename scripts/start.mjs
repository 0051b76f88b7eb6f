// `npm start`: everything a fresh machine needs, then the window. Only Node's own modules: nothing else is there yet.
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { hasDisplay, hasSessionBus, onVirtualDisplay, withPrivateKeyring } from './desktop.mjs';
import { electronPath, ensureElectron } from './electron-binary.mjs';
import { run, say } from './run.mjs';
import { appPackages, ensureSystemLibraries } from './system-libraries.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

try {
  await ensureDependencies();
  if (!await ensureSystemLibraries(appPackages)) process.exit(1);
  await ensureElectron();
  await ensureBuild();
  process.exitCode = await open(process.argv.slice(2));
} catch (error) {
  say(`Grantscope could not be started: ${error.message}`);
  process.exitCode = 1;
}

async function open(args) {
  let command = [electronPath(), '.', ...args];
  let environment = process.env;
  let scratch = null;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('Running as root from a checkout: Chromium\'s sandbox is off (--no-sandbox).');
    command.push('--no-sandbox');
  }
  if (!hasDisplay()) {
    say('There is no display: the window opens on a virtual one (xvfb).');
    command.push('--disable-gpu');
    command = onVirtualDisplay(command);
    if (!hasSessionBus()) {
      say('There is no session bus: a private one with a keyring of its own is used, which is gone afterwards.');
      // Without a desktop there is no keychain that anybody unlocked; the data of this session goes with its keyring.
      ({ command, environment, folder: scratch } = withPrivateKeyring(command));
    }
  }
  const code = await run(command[0], command.slice(1), { env: environment });
  if (scratch) rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  return code;
}
