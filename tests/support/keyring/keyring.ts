import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import type { VaultStatus } from '../../../src-main/contract/index.ts';

const PASSWORD = 'pw\n';

/** A private session bus with, when asked, a real gnome-keyring on it; its keyrings are files of a private home. */
export class Keyring {
  readonly home: string;
  readonly #bus: ChildProcess;
  readonly #environment: Record<string, string>;
  #daemon: ChildProcess | null = null;
  readonly #children: ChildProcess[] = [];

  private constructor(bus: ChildProcess, home: string, address: string) {
    this.#bus = bus;
    this.home = home;
    this.#environment = environmentOf(home, address);
  }

  /** @param services `false`: a bus that knows no service files, so no Secret Service can be started */
  static async start({ services = true } = {}): Promise<Keyring> {
    const home = mkdtempSync(join(tmpdir(), 'grantscope-keyring-'));
    for (const name of ['run', 'data', 'config']) mkdirSync(join(home, name), { mode: 0o700 });
    const configuration = join(home, 'bus.conf');
    writeFileSync(configuration, busConfiguration(join(home, 'run', 'bus'), services));
    const bus = spawn('dbus-daemon', [`--config-file=${configuration}`, '--nofork', '--print-address=1'], {
      env: environmentOf(home, ''), stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [address] = await once(createInterface({ input: bus.stdout as NonNullable<typeof bus.stdout> }), 'line') as [string];
    return new Keyring(bus, home, address);
  }

  /** Starts the daemon with the login keyring open (made at the first time). */
  async unlocked(): Promise<this> {
    return this.#startDaemon(['--unlock'], PASSWORD);
  }

  /** Starts the daemon with whatever keyrings there are, all closed. */
  async locked(): Promise<this> {
    return this.#startDaemon(['--start'], '');
  }

  /** Opens the login keyring of the running daemon as signing in does: what PAM's module sends to the control socket. */
  async unlock(): Promise<void> {
    const text = Buffer.from(PASSWORD);
    const message = Buffer.alloc(13 + text.length);
    // A byte that carries our credentials, then big-endian: length without that byte, operation 1 (unlock), the password's length.
    message.writeUInt32BE(message.length - 1, 1);
    message.writeUInt32BE(1, 5);
    message.writeUInt32BE(text.length, 9);
    text.copy(message, 13);
    const socket = connect(join(this.home, 'run', 'keyring', 'control'));
    socket.end(message);
    const [reply] = await once(socket, 'data') as [Buffer];
    socket.destroy();
    if (reply.readUInt32BE(4) !== 0) throw new Error(`unlock: ${reply.toString('hex')}`);
  }

  /** Closes the login keyring of the running daemon. */
  lock(): void {
    this.#send('org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock', 'array:objpath:/org/freedesktop/secrets/collection/login');
  }

  async stopDaemon(): Promise<void> {
    if (this.#daemon) await end(this.#daemon);
    this.#daemon = null;
  }

  freeze(): void {
    this.#daemon?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#daemon?.kill('SIGCONT');
  }

  /** A process of its own with a vault in it, on this bus. */
  child(): VaultChild {
    const child = spawn(process.execPath, [resolve('tests/support/keyring/vault-child.ts')], {
      env: { ...this.#environment, ELECTRON_RUN_AS_NODE: '1', NODE_NO_WARNINGS: '1' }, stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    return new VaultChild(child);
  }

  async close(): Promise<void> {
    this.thaw();
    for (const child of this.#children) await end(child);
    await this.stopDaemon();
    await end(this.#bus);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 3 });
  }

  async #startDaemon(how: string[], input: string): Promise<this> {
    const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...how], { env: this.#environment, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#daemon = daemon;
    daemon.stdin.end(input);
    while (!this.#serves()) {
      if (daemon.exitCode !== null) throw new Error('gnome-keyring-daemon did not start');
      await setTimeout(20);
    }
    return this;
  }

  #serves(): boolean {
    return this.#send('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets').includes('boolean true');
  }

  #send(destination: string, ...call: string[]): string {
    const sent = spawnSync('dbus-send', ['--session', '--print-reply', `--dest=${destination}`, ...call], { env: this.#environment, timeout: 2000 });
    if (sent.status !== 0) throw new Error(`dbus-send: ${sent.stderr.toString()}`);
    return sent.stdout.toString();
  }
}

type Reply = { value: unknown } | { thrown: string };

/** Calls into a child process, one at a time. */
export class VaultChild {
  readonly process: ChildProcess;
  readonly #replies: AsyncIterator<string>;

  constructor(child: ChildProcess) {
    this.process = child;
    this.#replies = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })[Symbol.asyncIterator]();
  }

  open(folder: string, deadline: number | null = null): Promise<VaultStatus> {
    return this.call('open', folder, deadline) as Promise<VaultStatus>;
  }

  async call(name: string, ...args: unknown[]): Promise<unknown> {
    this.process.stdin?.write(`${JSON.stringify([name, ...args])}\n`);
    const line = await this.#replies.next();
    if (line.done) throw new Error(`The child ended in ${name}`);
    const reply = JSON.parse(line.value) as Reply;
    if ('thrown' in reply) throw new Error(reply.thrown);
    return reply.value;
  }
}

function environmentOf(home: string, address: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '', HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config'),
    DBUS_SESSION_BUS_ADDRESS: address,
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function busConfiguration(socket: string, services: boolean): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>${services ? '<standard_session_servicedirs/>' : ''}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
`;
}
