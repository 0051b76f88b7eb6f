import { spawn } from 'node:child_process';

/**
 * Runs a command with its output shown, and gives its exit code. Ctrl-C reaches the child through the terminal; we only wait for it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const wait = () => undefined;
    process.on('SIGINT', wait);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.once('error', failed);
    child.once('close', (code, signal) => {
      process.off('SIGINT', wait);
      done(code ?? (signal ? 1 : 0));
    });
  });
}

/** Runs a command that has to succeed. */
export async function must(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}

export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
export const say = (line) => process.stdout.write(`${line}\n`);
