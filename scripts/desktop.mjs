import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
export const hasSessionBus = () => process.platform !== 'linux' || Boolean(process.env.DBUS_SESSION_BUS_ADDRESS?.startsWith('unix:'));

/** The command, on a virtual display of the size screenshots are taken at. */
export function onVirtualDisplay(command) {
  return ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...command];
}

/**
 * The command, on a session bus of its own with an unlocked keyring in a temporary folder: a real Secret Service that touches nobody's.
 * Gives the command, and the environment it must be run with.
 */
export function withPrivateKeyring(command, environment = process.env) {
  const folder = mkdtempSync(join(tmpdir(), 'grantscope-keyring-'));
  const places = { HOME: join(folder, 'home'), XDG_DATA_HOME: join(folder, 'data'), XDG_CONFIG_HOME: join(folder, 'config'), XDG_CACHE_HOME: join(folder, 'cache'), XDG_RUNTIME_DIR: join(folder, 'run') };
  for (const place of Object.values(places)) mkdirSync(place, { recursive: true, mode: 0o700 });
  const script = 'printf "%s\\n" "$GRANTSCOPE_KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; unset GRANTSCOPE_KEYRING_PASSWORD; exec "$@"';
  return {
    folder,
    command: ['dbus-run-session', '--', 'bash', '-c', script, 'bash', ...command],
    environment: { ...environment, ...places, GRANTSCOPE_KEYRING_PASSWORD: randomBytes(12).toString('hex') },
  };
}
