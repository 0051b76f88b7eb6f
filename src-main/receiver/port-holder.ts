import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A program that listens on a port; `name` is what the system calls it. */
export interface PortHolder { pid: number; name: string }

const LISTENING = '0A';
/** Processes that are looked at, and open files of each. */
const MAX_PROCESSES = 5000;
const MAX_FILES = 4000;

/**
 * Who listens on a port, where the system tells: on Linux through /proc, for processes of the same person (and all for root). Reads alone;
 * the other program is never touched.
 *
 * @returns null where it cannot be known
 * @see https://man7.org/linux/man-pages/man5/proc_net.5.html
 */
export function portHolder(port: number, proc = '/proc'): PortHolder | null {
  try {
    const inodes = new Set([...listening(`${proc}/net/tcp`, port), ...listening(`${proc}/net/tcp6`, port)]);
    return inodes.size === 0 ? null : processWith(proc, inodes);
  } catch {
    return null;
  }
}

/** The socket inodes that listen on a port. */
function listening(file: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return linesOf(file).flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    return state === LISTENING && local.endsWith(wanted) && /^[1-9]\d*$/.test(inode) ? [inode] : [];
  });
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'latin1').split('\n').slice(1);
  } catch {
    return [];
  }
}

function processWith(proc: string, inodes: ReadonlySet<string>): PortHolder | null {
  for (const pid of readdirSync(proc).filter((name) => /^\d+$/.test(name)).slice(0, MAX_PROCESSES)) {
    const files = openFiles(`${proc}/${pid}/fd`);
    if (files.some((file) => inodes.has(/^socket:\[(\d+)\]$/.exec(file)?.[1] ?? ''))) return { pid: Number(pid), name: nameOf(`${proc}/${pid}/comm`) };
  }
  return null;
}

function openFiles(folder: string): string[] {
  try {
    return readdirSync(folder).slice(0, MAX_FILES).flatMap((name) => linkOf(`${folder}/${name}`));
  } catch {
    // Another person's process, or one that has just ended.
    return [];
  }
}

function linkOf(path: string): string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
}

/** A process may call itself anything: control characters are left out. */
function nameOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/[^\x20-\x7e]/g, '').slice(0, 40) || 'a program without a name';
  } catch {
    return 'a program without a name';
  }
}
