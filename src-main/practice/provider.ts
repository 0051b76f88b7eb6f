import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import type { PracticeLifetimes } from '../contract/environment.ts';
import type { Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import type { Registration } from './configuration.ts';
import { configuration } from './configuration.ts';
import { refusalOf } from './guard.ts';
import { INTERACTION_PATH, interact } from './interaction.ts';
import { signingKeys } from './keys.ts';
import { isLoopbackRedirect } from './redirect.ts';

/** The port that is tried first, so that the practice issuer stays the same from one start to the next. */
export const PRACTICE_PORT = 47640;

/** Where the provider is and who may use it. Holds the practice client's secret. */
export interface PracticeInfo { issuer: string; clients: Registration }

export interface PracticeProvider {
  readonly info: PracticeInfo;
  /** Takes effect for everything issued from now on; what is out there keeps its lifetime. */
  setLifetimes(lifetimes: PracticeLifetimes): void;
  close(): Promise<void>;
}

export interface PracticeOptions {
  lifetimes: PracticeLifetimes;
  /** This port and no other; without it 47640, or any free one where that is taken. 0 is any free port. */
  port?: number;
}

/**
 * Starts an authorization server on 127.0.0.1 with new keys, new client secret and empty memory.
 *
 * @returns the running provider, or `port-in-use` where a given port is taken
 */
export async function startPracticeProvider(options: PracticeOptions): Promise<Result<PracticeProvider>> {
  const server = createServer();
  const failure = await listen(server, options.port ?? PRACTICE_PORT)
    .then((first) => (first?.code === 'EADDRINUSE' && options.port === undefined ? listen(server, 0) : first));
  if (failure) {
    return fail({
      code: failure.code === 'EADDRINUSE' ? 'port-in-use' : 'practice-not-started',
      message: `The practice provider could not listen on 127.0.0.1, port ${options.port ?? PRACTICE_PORT}.`,
      why: failure.code === 'EADDRINUSE' ? 'Another program listens there.' : (failure.code ?? failure.message),
      next: 'End the other program, or let the practice provider choose a port.',
    });
  }
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const lifetimes = { ...options.lifetimes };
  const clients = { confidential: { id: 'practice-confidential', secret: randomBytes(32).toString('base64url') }, public: { id: 'practice-public' } };
  const provider = new Provider(`http://${host}`, configuration(lifetimes, clients, await signingKeys(), port));
  provider.Client.prototype.redirectUriAllowed = isLoopbackRedirect;
  provider.Client.prototype.postLogoutRedirectUriAllowed = isLoopbackRedirect;
  serve(server, provider, host);
  return ok({
    info: { issuer: provider.issuer, clients },
    setLifetimes: (next) => { Object.assign(lifetimes, next); },
    close: () => new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    }),
  });
}

function serve(server: Server, provider: Provider, host: string): void {
  const answer = provider.callback();
  server.on('request', (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('X-Frame-Options', 'DENY');
    // Not no-referrer: a browser would then send "Origin: null" with the form, which the guard refuses.
    response.setHeader('Referrer-Policy', 'same-origin');
    const refusal = refusalOf(request, host);
    if (refusal) {
      response.writeHead(refusal.status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end(refusal.text);
      return;
    }
    const handled = request.url?.startsWith(INTERACTION_PATH) ? interact(provider, request, response) : Promise.resolve(answer(request, response));
    handled.catch(() => {
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('The practice provider made a mistake.\n');
    });
  });
}

function listen(server: Server, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((settled) => {
    const refused = (error: NodeJS.ErrnoException): void => settled(error);
    server.once('error', refused);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', refused);
      settled(null);
    });
  });
}
