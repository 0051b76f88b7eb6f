import type { Server, ServerOptions } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Gate } from './gate.ts';
import type { ReceiverLimits } from './limits.ts';

/** A certificate for the loopback names with its private key, both PEM. The key never leaves this process. */
export interface LocalCertificate { cert: string; key: string }

/**
 * A server that speaks TLS. The connections are held to the same number and time before their handshake is done as after it, so that
 * people who only connect cannot keep the real redirect out.
 *
 * @param handshakes counts connections that are not secured yet
 */
export function createSecured(settings: ServerOptions, { cert, key }: LocalCertificate, limits: ReceiverLimits, handshakes: Gate): Server {
  const server = createServer({ ...settings, cert, key, minVersion: 'TLSv1.2', handshakeTimeout: limits.headerTime, ALPNProtocols: ['http/1.1'] });
  const waiting = new Map<number, Socket>();
  server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    waiting.set(port, socket);
    socket.once('close', () => { if (waiting.get(port) === socket) waiting.delete(port); });
    handshakes.admit(socket, false);
  });
  // The TLS socket does not give away the one beneath it, but both have the same peer.
  server.on('secureConnection', (secured: TLSSocket) => {
    const socket = waiting.get(secured.remotePort ?? 0);
    if (socket) handshakes.asked(socket);
  });
  return server as unknown as Server;
}
