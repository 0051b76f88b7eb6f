import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Problem, Redirect, Result } from '../contract/index.ts';
import { fail, ok } from '../contract/index.ts';
import { portHolder } from './port-holder.ts';

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
    if (redirect.port !== null || attempt >= RETRIES || failure.code !== 'EADDRINUSE') return fail(bindProblem(failure, redirect));
  }
}

function listen(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((settled) => {
    const onError = (error: NodeJS.ErrnoException): void => settled(error);
    server.once('error', onError);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', onError);
      // Out of file handles, say: the next connection may work again, and the flow ends by its own time limit.
      server.on('error', () => undefined);
      settled(null);
    });
  });
}

/** The program by name and number where the system tells; it is the person's to end. */
function heldBy(port: number | null): string {
  const holder = port === null || process.platform !== 'linux' ? null : portHolder(port);
  if (holder?.pid === process.pid) return 'Grantscope itself (another run, or the practice provider)';
  return holder === null ? 'Another program' : `${holder.name} (process ${holder.pid})`;
}

/** Node's listen errors carry the address and port that failed. */
function bindProblem(failure: NodeJS.ErrnoException & { address?: string }, redirect: Redirect): Problem {
  const port = redirect.port === null ? 'A free port' : `Port ${redirect.port}`;
  const next = 'End the other program, or choose another port in the environment (and register the new redirect URI at the provider).';
  switch (failure.code) {
    case 'EADDRINUSE':
      return {
        code: 'port-in-use', message: `${port} is already in use.`, field: 'redirect.port', next,
        why: `${heldBy(redirect.port)} listens on ${failure.address ?? redirect.host}, so the redirect could reach it instead of Grantscope.`,
      };
    case 'EACCES':
      return {
        code: 'port-reserved', message: `${port} may not be used.`, field: 'redirect.port',
        why: process.platform === 'win32' ? 'Nobody listens there: Windows keeps a range of ports for itself (Hyper-V, WSL). `netsh interface ipv4 show excludedportrange protocol=tcp` lists them.'
          : 'Nobody has to be listening there: the operating system keeps ports below 1024 for itself.',
        next: 'Choose another port in the environment, and register the new redirect URI at the provider.',
      };
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return {
        code: 'no-loopback-address', message: `This machine has no address ${failure.address ?? redirect.host}.`, field: 'redirect.host',
        why: 'IPv6 is switched off.', next: 'Choose 127.0.0.1 as the redirect host.',
      };
    default:
      return { code: 'port-not-bound', message: `${port} could not be bound.`, why: failure.code ?? failure.message, next, field: 'redirect.port' };
  }
}
