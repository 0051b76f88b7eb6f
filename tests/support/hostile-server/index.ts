/**
 * A server on loopback for tests of the network's faults: the first segment of the path chooses what it does wrong
 * (`http://127.0.0.1:PORT/reset-body`). With TLS options it does the same behind TLS, whose own faults are in its certificate.
 */
import type { TlsOptions } from 'node:tls';
import { RawServer } from './raw-server.ts';
import type { Scenario } from './scenarios.ts';
import { scenarios, whole } from './scenarios.ts';

export { authority, selfSigned } from './certificates.ts';
export { RawServer } from './raw-server.ts';
export { scenarios, whole } from './scenarios.ts';
export type { Answer } from './raw-server.ts';
export type { Scenario } from './scenarios.ts';

const unknown = whole('{"error":"no_such_scenario"}', 'Content-Type: application/json\r\n', 'HTTP/1.1 404 Not Found\r\n');

export async function hostileServer(tls?: TlsOptions): Promise<RawServer> {
  return RawServer.start((socket, request) => {
    const name = /^\S+ \/([\w-]+)/.exec(request.toString('latin1'))?.[1] ?? '';
    return (name in scenarios ? scenarios[name as Scenario] : unknown)(socket, request);
  }, tls);
}
