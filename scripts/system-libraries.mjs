import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { must, say } from './run.mjs';

/** What Electron and the keychain need on a bare Debian, and what the tests need beside it. Newer releases end some names in t64. */
export const appPackages = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libxss1', 'xvfb', 'xauth', 'dbus', 'gnome-keyring', 'libsecret-1-0', 'xdg-utils'];
export const testPackages = [...appPackages, 'chromium', 'chromium-driver', 'curl', 'dash', 'zsh', 'git'];

/** Those of `wanted` that are not in `installed`, t64 variants counted as the same. */
export function missing(wanted, installed) {
  return wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

function installedPackages() {
  const list = execFileSync('dpkg-query', ['-W', '-f', '${db:Status-Abbrev}${Package}\\n'], { encoding: 'utf8' });
  return new Set(list.split('\n').filter((line) => line.startsWith('ii ')).map((line) => line.slice(3).trim()));
}

/**
 * Makes sure the system libraries are there: as root on Debian it installs them, otherwise it prints the command and stops.
 *
 * @returns {Promise<boolean>} whether the app can be started
 */
export async function ensureSystemLibraries(wanted) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return true;
  const absent = missing(wanted, installedPackages());
  if (absent.length === 0) return true;
  if (process.getuid?.() !== 0) {
    say(`These system libraries are missing. Please run:\n\n  sudo apt-get update && sudo apt-get install -y ${absent.join(' ')}\n\nand start again.`);
    return false;
  }
  say(`Installing system libraries: ${absent.join(' ')} …`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await must('apt-get', ['update', '-qq'], options);
  await must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...absent], options);
  return true;
}
