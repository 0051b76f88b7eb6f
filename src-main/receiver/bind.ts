import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Problem, Redirect, Result } from '../contract/index.ts';
import { fail, ok } from '../contract/index.ts';

const RETRIES = 5;

/**
 * Binds one server per loopback address to the same port. `localhost` may resolve to either family in the browser, so both are taken
 * where the machine has both; never anything but loopback.
 *
 * @param make gives a new server with its handlers
 * @returns the bound servers, or the problem that names the port
 */
export async function bindLoopback(redirect: Redirect, make: () => Server): Promise<Result<{ servers: Server[]; port: number; address: string }>> {
  const addresses = redirect.host === '[::1]' ? ['::1'] : redirect.host === 'localhost' ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
  for (let attempt = 0; ; attempt += 1) {
    const servers: Server[] = [];
    let port = redirect.port ?? 0;
    let failure: NodeJS.ErrnoException | null = null;
    for (const address of addresses) {
      const server = make();
      failure = await listen(server, address, port);
      // No IPv6 loopback on this machine: nobody can come that way, so IPv4 alone is complete.
      if (failure && address === '::1' && servers.length > 0 && /EADDRNOTAVAIL|EAFNOSUPPORT/.test(failure.code ?? '')) failure = null;
      else if (failure) break;
      else {
        servers.push(server);
        port = (server.address() as AddressInfo).port;
      }
    }
    if (!failure) return ok({ servers, port, address: addresses[0] as string });
    for (const server of servers) server.close();
    if (redirect.port !== null || attempt >= RETRIES || failure.code !== 'EADDRINUSE') return fail(bindProblem(failure, redirect, addresses));
  }
}

function listen(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((settled) => {
    const onError = (error: NodeJS.ErrnoException): void => settled(error);
    server.once('error', onError);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', onError);
      settled(null);
    });
  });
}

function bindProblem(failure: NodeJS.ErrnoException, redirect: Redirect, addresses: readonly string[]): Problem {
  const port = redirect.port ?? 'a free port';
  const next = 'End the other program, or choose another port in the environment (and register the new redirect URI at the provider).';
  switch (failure.code) {
    case 'EADDRINUSE':
      return { code: 'port-in-use', message: `Port ${port} is already in use.`, why: `Another program listens on ${addresses.join(' or ')}, so the redirect would reach it instead of Grantscope.`, next, field: 'redirect.port' };
    case 'EACCES':
      return { code: 'port-reserved', message: `Port ${port} may not be used.`, why: 'The system reserves it (ports below 1024, or a range excluded on Windows).', next, field: 'redirect.port' };
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return { code: 'no-loopback-address', message: `This machine has no ${redirect.host}.`, why: 'IPv6 is switched off.', next: 'Choose 127.0.0.1 as the redirect host.', field: 'redirect.host' };
    default:
      return { code: 'port-not-bound', message: `Port ${port} could not be bound.`, why: failure.code ?? failure.message, next, field: 'redirect.port' };
  }
}
