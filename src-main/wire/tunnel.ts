import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { printable } from './decode.ts';
import { WireFailure } from './failures.ts';
import { secureContextFor } from './trust.ts';

/** Bytes of the proxy's answer before the tunnel; a larger one is no answer to CONNECT. */
const HEAD = 16_384;

/**
 * Opens a tunnel through an HTTP proxy. What then goes through it is the exchange alone, byte for byte as without a proxy.
 *
 * @param proxy `http://` or `https://` URL; user name and password in it become `Proxy-Authorization: Basic`
 * @param ca authorities beside this machine's that may vouch for an `https://` proxy
 * @param signal ends it early
 * @throws {WireFailure} `proxy-refused` with the proxy's status line, or what kept it from answering
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6
 */
export function openTunnel(proxy: string, host: string, port: number, limit: number, { ca, signal }: { ca?: readonly string[] | undefined; signal?: AbortSignal } = {}): Promise<Socket> {
  const url = new URL(proxy);
  const authorization = credentialsOf(url);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return new Promise((done, failed) => {
    const socket = secure ? connectTls({
      host: name, port: Number(url.port) || 443, ALPNProtocols: ['http/1.1'], secureContext: secureContextFor(ca && { ca }), rejectUnauthorized: true,
      // RFC 6066 §3: no server name for an address.
      ...(isIP(name) === 0 && { servername: name }),
    }) : connect({ host: name, port: Number(url.port) || 80 });
    let head = Buffer.alloc(0);
    const timer = setTimeout(() => end(new WireFailure('time-limit-connect', 'The proxy did not open a tunnel in time.')), limit);
    const end = (error: Error | null): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.off('data', onData).off('error', onError).off('close', onClose);
      if (error) {
        socket.destroy();
        failed(error);
      } else done(socket);
    };
    const onError = (error: Error): void => end(new WireFailure('proxy-unreachable', error.message));
    const onAbort = (): void => end(new WireFailure('cancelled'));
    const onClose = (): void => end(new WireFailure('proxy-refused', 'It closed the connection.'));
    const onData = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      const over = head.indexOf('\r\n\r\n');
      if (over === -1) {
        if (head.length > HEAD) end(new WireFailure('proxy-refused', 'Its answer is none to CONNECT.'));
        return;
      }
      const line = printable(head.subarray(0, head.indexOf('\r\n')).toString('latin1'));
      if (!/^HTTP\/1\.[01] 2\d\d\b/.test(line)) return end(new WireFailure('proxy-refused', line));
      socket.pause();
      end(null);
      if (head.length > over + 4) socket.unshift(head.subarray(over + 4));
    };
    // Stays: an error on a socket nobody listens to any more would end the process.
    socket.on('error', () => undefined);
    socket.on('data', onData).on('error', onError).on('close', onClose);
    socket.once(secure ? 'secureConnect' : 'connect', () => socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`));
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
}

function credentialsOf({ username, password }: URL): string {
  if (username === '' && password === '') return '';
  return `Proxy-Authorization: Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}\r\n`;
}

/** A stray `%` in a variable somebody wrote by hand stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
