import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface RawAnswer {
  /** Everything that came back, one character a byte; empty where the connection was cut without a word. */
  text: string;
  /** 0 where there was no status line. */
  status: number;
  head: string;
  body: string;
}

/** Connects to a port on a loopback address. @throws the socket's error, ECONNREFUSED above all */
export function dial(port: number, host = '127.0.0.1'): Promise<Socket> {
  return new Promise((connected, failed) => {
    const socket = connect(port, host, () => {
      socket.off('error', failed);
      socket.on('error', () => undefined);
      connected(socket);
    });
    socket.once('error', failed);
  });
}

/** Reads until the other side ends the connection. */
export function readAll(socket: Socket): Promise<RawAnswer> {
  return new Promise((done) => {
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => { text += chunk; });
    socket.once('close', () => {
      const blank = text.indexOf('\r\n\r\n');
      done({
        text, status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
        head: blank === -1 ? text : text.slice(0, blank), body: blank === -1 ? '' : text.slice(blank + 4),
      });
    });
  });
}

/** Sends these bytes (one character each) over a connection of their own, as no browser or library would, and reads to the end. */
export async function sendRaw(port: number, bytes: string, host?: string): Promise<RawAnswer> {
  const socket = await dial(port, host);
  const answer = readAll(socket);
  socket.write(bytes, 'latin1');
  return answer;
}

/** A request head as a browser's top-level navigation has it; `headers` replace or add, a null leaves out. */
export function getRequest(port: number, target: string, headers: Record<string, string | null> = {}, method = 'GET'): string {
  const all = { Host: `127.0.0.1:${port}`, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', ...headers };
  return `${method} ${target} HTTP/1.1\r\n${Object.entries(all).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
