import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Exchange, TlsFacts } from '../contract/index.ts';
import { factsOf, judge } from './certificate.ts';
import { WireFailure } from './failures.ts';
import type { Tap } from './tap.ts';
import type { Trust } from './trust.ts';
import { secureContextFor } from './trust.ts';

/** What is learned while connecting. */
export interface Connecting {
  /** `performance.now()` of that moment. */
  connectedAt?: number;
  securedAt?: number;
  connection: Exchange['connection'];
  tls: TlsFacts | null;
  socket?: Socket;
  /** What TLS said at any time, also after the handshake. */
  alert?: Error;
}

/**
 * A connector for undici: one TCP or TLS connection with the tap on it. The certificate is judged before a byte of HTTP is sent
 * and recorded even when it is refused; `NODE_TLS_REJECT_UNAUTHORIZED` has no say.
 *
 * @param found filled in as things become known
 * @param limit milliseconds for name, TCP and TLS together
 */
export function tappedConnector(tap: Tap, found: Connecting, limit: number, trust: Trust | undefined): buildConnector.connector {
  return (options, callback) => {
    const secure = options.protocol === 'https:';
    const socket = secure ? tlsSocket(options, trust) : connectTcp({ host: hostIn(options), port: Number(options.port) || 80 });
    socket.setNoDelay(true);
    found.socket = socket;
    tap.attach(socket);
    let settled = false;
    const settle = (error: Error | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (error) {
        socket.destroy();
        callback(error, null);
        return;
      }
      callback(null, socket);
    };
    const timer = setTimeout(() => settle(new WireFailure('time-limit-connect', found.connectedAt === undefined ? 'Packets are dropped on the way, or the server is overloaded' : 'TCP connected, but the TLS handshake did not finish')), limit);
    // Stays after settling: an error on a socket nobody listens to any more would end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // With TLS 1.3 the server judges our certificate after the handshake; the alert comes first, then a close that says nothing.
      if (/^ERR_(SSL|OSSL)/.test(error.code ?? '')) found.alert ??= error;
      settle(error);
    });
    socket.once('close', () => settle(new WireFailure('connection-closed', 'It was closed while connecting.')));
    socket.once('connect', () => {
      found.connectedAt = performance.now();
      found.connection = {
        remoteAddress: socket.remoteAddress ?? '', remotePort: socket.remotePort ?? 0, localAddress: socket.localAddress ?? '', localPort: socket.localPort ?? 0,
      };
      if (!secure) settle(null);
    });
    socket.once('secureConnect', () => {
      found.securedAt = performance.now();
      found.tls = factsOf(socket as TLSSocket, trust);
      settle(judge(found.tls, trust));
    });
  };
}

function tlsSocket(options: buildConnector.Options, trust: Trust | undefined): TLSSocket {
  const host = hostIn(options);
  return connectTls({
    host, port: Number(options.port) || 443, ALPNProtocols: ['http/1.1'], secureContext: secureContextFor(trust),
    // Node would end the connection before the refused certificate could be recorded; `judge` refuses it instead.
    rejectUnauthorized: false,
    // RFC 6066 §3: no server name for an address.
    ...(isIP(host) === 0 && { servername: host }),
  });
}

function hostIn(options: buildConnector.Options): string {
  return options.hostname.replace(/^\[|\]$/g, '');
}
