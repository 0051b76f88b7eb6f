import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import type { Answer } from './raw-server.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';
const MEGABYTE = 1_048_576;

/** A whole answer with the length it really has. */
export function whole(body: string | Buffer, headers = JSON_TYPE, status = OK): Answer {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  return (socket) => {
    socket.write(`${status}${headers}Content-Length: ${bytes.length}\r\n\r\n`);
    socket.write(bytes);
    socket.end();
  };
}

/** Writes at the pace the other side reads, until `total` bytes are out or nobody is there any more. */
async function flood(socket: Socket, total: number, frame: (piece: Buffer) => Buffer): Promise<void> {
  const piece = frame(Buffer.alloc(65_536, 'a'));
  for (let sent = 0; sent < total && !socket.destroyed; sent += 65_536) {
    if (!socket.write(piece)) await new Promise<void>((next) => { socket.once('drain', next); socket.once('close', () => next()); });
  }
  socket.end();
}

const chunk = (piece: Buffer): Buffer => Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);

/** One byte at a time for ever. */
function drip(socket: Socket, milliseconds: number, byte: string): void {
  const timer = setInterval(() => socket.write(byte), milliseconds);
  socket.once('close', () => clearInterval(timer));
}

/** A gzip member of 10 MiB of zeros is 10 kB; eighty of them stay under a wire limit of 1 MiB and decode to 800 MiB. */
function bomb(): Buffer {
  const member = gzipSync(Buffer.alloc(10 * MEGABYTE), { level: 9 });
  return Buffer.concat(Array.from({ length: 80 }, () => member));
}

/** What a server can do wrong, by the name that stands in the request's path. */
export const scenarios = {
  'huge-chunked': async (socket) => { socket.write(`${OK}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n`); await flood(socket, 200 * MEGABYTE, chunk); },
  'huge-length': async (socket) => { socket.write(`${OK}${JSON_TYPE}Content-Length: ${200 * MEGABYTE}\r\n\r\n`); await flood(socket, 200 * MEGABYTE, (piece) => piece); },
  'huge-undeclared': async (socket) => { socket.write(`${OK}${JSON_TYPE}\r\n`); await flood(socket, 200 * MEGABYTE, (piece) => piece); },
  'length-too-small': async (socket) => { socket.write(`${OK}Content-Length: 2\r\n\r\n`); await flood(socket, 200 * MEGABYTE, (piece) => piece); },
  'length-too-large': (socket) => { socket.write(`${OK}${JSON_TYPE}Content-Length: 1000\r\n\r\n{"access_token":"half`); socket.end(); },
  'length-twice': (socket) => { socket.write(`${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\nhey`); socket.end(); },
  'huge-head': async (socket) => { socket.write(`${OK}X-Long: `); await flood(socket, MEGABYTE, (piece) => piece); },
  'bomb-gzip': (socket, request) => whole(bomb(), 'Content-Encoding: gzip\r\n')(socket, request),
  'bomb-nested': (socket, request) => whole(brotliCompressSync(gzipSync(bomb())), 'Content-Encoding: gzip, gzip, br\r\n')(socket, request),
  'slow-head': (socket) => { socket.write('HTTP/1.1 2'); },
  'never': () => undefined,
  'slow-body': (socket) => { socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`); drip(socket, 20, '1\r\nx\r\n'); },
  'stalled-body': (socket) => { socket.write(`${OK}Content-Length: 10\r\n\r\nabc`); },
  'html-200': whole('<!doctype html><title>Sorry</title>', 'Content-Type: text/html\r\n'),
  'truncated-chunk': (socket) => { socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n10\r\n{"access_`); socket.end(); },
  'truncated-gzip': (socket, request) => whole(gzipSync('{"access_token":"x"}').subarray(0, 20), 'Content-Encoding: gzip\r\n')(socket, request),
  'unknown-coding': whole('abc', 'Content-Encoding: rot13\r\n'),
  'bad-chunk': (socket) => { socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`); socket.end(); },
  'bare-line-feeds': (socket) => { socket.write('HTTP/1.1 200 OK\nContent-Length: 2\n\nhi'); socket.end(); },
  'not-http': (socket) => { socket.write('SSH-2.0-OpenSSH_9.2\r\n'); socket.end(); },
  'empty': (socket) => { socket.end(); },
  'reset': (socket) => { socket.resetAndDestroy(); },
  'reset-body': (socket) => { socket.write(`${OK}Content-Length: 1000\r\n\r\n{"access_token":"half`, () => setTimeout(() => socket.resetAndDestroy(), 20)); },
  'status-999': whole('{}', JSON_TYPE, 'HTTP/1.1 999 Request denied\r\n'),
  'switching-protocols': (socket) => { socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n'); },
  'redirect-loop': (socket, request) => {
    const target = /^\S+ (\S+)/.exec(request.toString('latin1'))?.[1] ?? '/';
    return whole('', `Location: ${target}\r\n`, 'HTTP/1.1 302 Found\r\n')(socket, request);
  },
  'redirect-elsewhere': whole('', 'Location: https://evil.example/steal\r\n', 'HTTP/1.1 307 Temporary Redirect\r\n'),
} satisfies Record<string, Answer>;

export type Scenario = keyof typeof scenarios;
