/** Entry of the command line: `node main.ts diagnose …`, in Node with type stripping or built. npm tells in INIT_CWD where it was called. */
import { runCli } from './index.ts';

// A reader that closes early (`| head`) is no error of ours.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => { process.exit(cause.code === 'EPIPE' ? 0 : 1); });

process.exitCode = await runCli(process.argv.slice(2), {
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
  stdin: () => process.stdin,
  out: (text) => { process.stdout.write(text); },
  err: (text) => { process.stderr.write(text); },
});
