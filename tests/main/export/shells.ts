import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SHELLS = ['bash', 'dash', 'zsh'] as const;
export type Shell = (typeof SHELLS)[number];

/** A raw TCP server that keeps the bytes of each connection and answers 200 once the request is complete. */
export async function rawServer(host = '127.0.0.1'): Promise<{ port: number; received: string[]; close(): Promise<void> }> {
  const received: string[] = [];
  const server = createServer((socket) => {
    const at = received.push('') - 1;
    socket.setEncoding('latin1');
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      const seen = (received[at] += String(bytes));
      const head = seen.indexOf('\r\n\r\n');
      if (head === -1) return;
      const length = Number(/\r\ncontent-length:\s*(\d+)/i.exec(seen.slice(0, head))?.[1] ?? 0);
      const whole = /\r\ntransfer-encoding:/i.test(seen.slice(0, head)) ? seen.endsWith('0\r\n\r\n') : seen.length - head - 4 >= length;
      if (whole) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, host, resolve); });
  return { port: (server.address() as AddressInfo).port, received, close: () => new Promise((resolve) => { server.close(() => resolve()); }) };
}

/** Runs a script in a real shell, with nothing of the tester's environment but PATH. */
export async function runIn(shell: Shell, script: string, env: Record<string, string> = {}, flags: string[] = []): Promise<{ code: number | null; output: string; errors: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'grantscope-sh-'));
  try {
    const file = join(folder, 'script');
    writeFileSync(file, `${script}\n`);
    const child = spawn(shell, [...(shell === 'zsh' ? ['-f'] : []), ...flags, file], { env: { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C.UTF-8', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (data) => { output += String(data); });
    child.stderr.on('data', (data) => { errors += String(data); });
    const code = await new Promise<number | null>((resolve, reject) => { child.on('error', reject); child.on('close', resolve); });
    return { code, output, errors };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
