// The command line from a checkout: `npm run -s grantscope -- diagnose --json x.har`. Standard output belongs to the command alone.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { electronPath } from './electron-binary.mjs';
import { isFresh } from './stamp.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const calledFrom = process.env.INIT_CWD ?? process.cwd();
process.chdir(root);

/** Gets what the checkout still lacks. What that says goes to standard error. */
async function prepare() {
  if (existsSync('node_modules/zod') && existsSync(electronPath())) return;
  const code = await wait(spawn(process.execPath, ['--input-type=module', '-e', `
    const { ensureDependencies } = await import('./scripts/dependencies.mjs');
    await ensureDependencies();
    const { ensureElectron } = await import('./scripts/electron-binary.mjs');
    await ensureElectron();`], { stdio: ['ignore', 2, 2] }));
  if (code !== 0) process.exit(2);
}

function wait(child) {
  // At a terminal the child has it already, and takes it once.
  process.on('SIGINT', () => child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((done) => {
    child.once('error', (cause) => { process.stderr.write(`${cause.message}\n`); done(2); });
    // 1 is a refused grant; ended by force is not.
    child.once('close', (code, signal) => done(code ?? (signal ? 2 : 0)));
  });
}

await prepare();
const inputs = ['src-main', 'src-renderer', 'resources', 'electron.vite.config.ts', 'tsconfig.json', 'package-lock.json'];
// The build where it is of these sources, else the sources themselves: Electron's Node takes the types out.
const entry = existsSync('out/main/cli.js') && isFresh('out/.stamp', inputs) ? 'out/main/cli.js' : 'src-main/cli/main.ts';
process.exitCode = await wait(spawn(electronPath(), ['--disable-warning=ExperimentalWarning', resolve(entry), ...process.argv.slice(2)], {
  stdio: 'inherit', cwd: root, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', INIT_CWD: calledFrom },
}));
