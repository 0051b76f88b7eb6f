import { connect as connectTcp, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Exchange, TlsFacts } from '../contract/index.ts';
import { factsOf, judge } from './certificate.ts';
import { WireFailure } from './failures.ts';
import type { Tap } from './tap.ts';
import { openTunnel } from './tunnel.ts';
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
 * @param signal ends a tunnel that is being opened
 */
export function tappedConnector(tap: Tap, found: Connecting, limit: number, trust: Trust | undefined, signal?: AbortSignal): buildConnector.connector {
  return (options, callback) => {
    const secure = options.protocol === 'https:';
    let socket: Socket | null = null;
    let settled = false;
    const settle = (error: Error | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (error || socket === null) {
        socket?.destroy();
        callback(error ?? new WireFailure('connection-closed', 'It was closed while connecting.'), null);
        return;
      }
      callback(null, socket);
    };
    const connected = (to: Socket): void => {
      found.connectedAt = performance.now();
      found.connection = {
        remoteAddress: to.remoteAddress ?? '', remotePort: to.remotePort ?? 0, localAddress: to.localAddress ?? '', localPort: to.localPort ?? 0,
        ...(trust?.proxy !== undefined && { proxy: new URL(trust.proxy).host }),
      };
    };
    const timer = setTimeout(() => settle(new WireFailure('time-limit-connect', found.connectedAt === undefined ? 'Packets are dropped on the way, or the server is overloaded' : 'TCP connected, but the TLS handshake did not finish')), limit);
    if (trust?.proxy === undefined) watchSocket(secure ? tlsSocket(options, trust) : connectTcp({ host: hostIn(options), port: Number(options.port) || 80 }));
    else {
      openTunnel(trust.proxy, hostIn(options), Number(options.port) || (secure ? 443 : 80), limit, { ca: trust.ca, ...(signal && { signal }) }).then((tunnel) => {
        if (settled) return void tunnel.destroy();
        connected(tunnel);
        watchSocket(secure ? tlsSocket(options, trust, tunnel) : tunnel);
        tunnel.resume();
        if (!secure) settle(null);
      }, settle);
    }

    function watchSocket(opened: Socket): void {
      socket = opened;
      opened.setNoDelay(true);
      found.socket = opened;
      tap.attach(opened);
      // Stays after settling: an error on a socket nobody listens to any more would end the process.
      opened.on('error', (error: NodeJS.ErrnoException) => {
        // With TLS 1.3 the server judges our certificate after the handshake; the alert comes first, then a close that says nothing.
        if (/^ERR_(SSL|OSSL)/.test(error.code ?? '')) found.alert ??= error;
        settle(error);
      });
      opened.once('close', () => settle(new WireFailure('connection-closed', 'It was closed while connecting.')));
      opened.once('connect', () => {
        connected(opened);
        if (!secure) settle(null);
      });
      opened.once('secureConnect', () => {
        found.securedAt = performance.now();
        found.tls = factsOf(opened as TLSSocket, trust);
        settle(judge(found.tls, trust));
      });
    }
  };
}

function tlsSocket(options: buildConnector.Options, trust: Trust | undefined, over?: Socket): TLSSocket {
  const host = hostIn(options);
  return connectTls({
    // The host is what the certificate has to be for, also through a tunnel.
    host, ...(over ? { socket: over } : { port: Number(options.port) || 443 }), ALPNProtocols: ['http/1.1'], secureContext: secureContextFor(trust),
    // Node would end the connection before the refused certificate could be recorded; `judge` refuses it instead.
    rejectUnauthorized: false,
    // RFC 6066 §3: no server name for an address.
    ...(isIP(host) === 0 && { servername: host }),
  });
}

function hostIn(options: buildConnector.Options): string {
  return options.hostname.replace(/^\[|\]$/g, '');
}
