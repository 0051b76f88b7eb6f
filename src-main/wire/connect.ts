import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import type { Exchange, TlsFacts } from '../contract/index.ts';
import { tlsCode, WireFailure } from './failures.ts';
import type { Tap } from './tap.ts';

/** Which certificates are accepted beside the system's. */
export interface Trust {
  /** PEM certificates of further authorities. */
  ca?: readonly string[];
  /** SHA-256 fingerprint (upper-case hex with colons) of the one certificate the person accepted for this host. */
  pinnedFingerprint256?: string;
}

/** What is learned while connecting. */
export interface Connecting {
  connectedAt?: number;
  securedAt?: number;
  connection: Exchange['connection'];
  tls: TlsFacts | null;
  socket?: Socket;
}

/**
 * A connector for undici: one TCP or TLS connection with the tap on it. The certificate is judged before a byte of HTTP is sent
 * and recorded even when it is refused; `NODE_TLS_REJECT_UNAUTHORIZED` has no say.
 */
export function tappedConnector(tap: Tap, found: Connecting, limit: number, trust: Trust | undefined): buildConnector.connector {
  return (options, callback) => {
    const secure = options.protocol === 'https:';
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const port = Number(options.port) || (secure ? 443 : 80);
    const socket: Socket = secure
      ? connectTls({
        host, port, ALPNProtocols: ['http/1.1'], rejectUnauthorized: false, minVersion: 'TLSv1.2',
        ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
        ...(trust?.ca && { ca: [...trust.ca] }),
      })
      : connectTcp({ host, port, noDelay: true });
    found.socket = socket;
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
      tap.attach(socket);
      callback(null, socket);
    };
    const timer = setTimeout(() => settle(new WireFailure('time-limit-connect')), limit);
    // Stays after settling: an error on a socket nobody listens to any more would end the process.
    socket.on('error', (error) => settle(error));
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
      const tls = socket as TLSSocket;
      found.tls = factsOf(tls);
      settle(judge(tls, found.tls, trust));
    });
  };
}

function judge(socket: TLSSocket, facts: TlsFacts, trust: Trust | undefined): WireFailure | null {
  if (socket.authorized) return null;
  if (trust?.pinnedFingerprint256 !== undefined && facts.certificate?.fingerprint256 === trust.pinnedFingerprint256) return null;
  return new WireFailure(tlsCode(facts.authorizationError ?? ''), facts.authorizationError ?? 'not authorized');
}

function factsOf(socket: TLSSocket): TlsFacts {
  const certificate = socket.getPeerCertificate();
  const error: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
    authorized: socket.authorized,
    ...(!socket.authorized && { authorizationError: error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error) }),
    certificate: Object.keys(certificate).length === 0 ? null : certificateFacts(certificate),
  };
}

function certificateFacts(certificate: PeerCertificate): NonNullable<TlsFacts['certificate']> {
  return {
    subject: nameOf(certificate.subject), issuer: nameOf(certificate.issuer),
    ...(certificate.subjectaltname !== undefined && { altNames: certificate.subjectaltname }),
    validFrom: certificate.valid_from, validTo: certificate.valid_to, fingerprint256: certificate.fingerprint256,
  };
}

function nameOf(name: object | undefined): string {
  return Object.entries(name ?? {}).map(([key, value]) => `${key}=${String(value)}`).join(', ');
}
