import { spawn } from 'node:child_process';
import type { Problem, Result } from '../../contract/result.ts';
import { fail, ok } from '../../contract/result.ts';
import { externalUrl } from '../../shell/external.ts';

/** How long an opener may take to say that it cannot. One that still runs then has taken the URL. */
const PATIENCE = 3000;

/**
 * Opens the system browser without Electron and without a shell.
 *
 * @param url checked here: http(s) only
 */
export async function openSystemBrowser(url: string, platform: NodeJS.Platform = process.platform): Promise<Result<null>> {
  const checked = externalUrl(url);
  if (!checked.ok) return checked;
  const [command, args] = opener(platform, checked.value);
  // Set to run this command without a window; a browser made with Electron would take it for itself.
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  return new Promise((settled) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: platform !== 'win32', shell: false, windowsHide: true, env });
    const patience = setTimeout(() => settle(ok(null)), PATIENCE);
    function settle(result: Result<null>): void {
      clearTimeout(patience);
      child.unref();
      settled(result);
    }
    child.once('error', (error: NodeJS.ErrnoException) => settle(fail(notOpened(`${command}: ${error.code ?? 'cannot be started'}.`))));
    child.once('exit', (code) => settle(code === 0 ? ok(null) : fail(notOpened(`${command} ended with ${code ?? 'a signal'}.`))));
  });
}

function opener(platform: NodeJS.Platform, url: string): [command: string, args: string[]] {
  if (platform === 'darwin') return ['/usr/bin/open', [url]];
  // No `cmd /c start`: that is a shell, which reads `&` and `%` in a URL.
  if (platform === 'win32') return ['rundll32.exe', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}

const notOpened = (why: string): Problem => ({
  code: 'browser-not-opened', message: 'The system browser could not be opened.', why, next: 'Use --open print and open the address by hand.',
});
