import type { Server } from 'node:http';
import type { Redirect, Result } from '../contract/index.ts';
import { ok, redirectUriOf } from '../contract/index.ts';
import { bindLoopback } from './bind.ts';
import type { Expected } from './judge.ts';
import type { ReceiverLimits } from './limits.ts';
import { receiverLimits } from './limits.ts';
import type { LocalCertificate } from './secured.ts';
import type { AcceptedCallback, CallbackEvent } from './listener.ts';
import { Listener } from './listener.ts';
import type { Decrypt } from './read-answer.ts';

export interface Receiver {
  readonly redirectUri: string;
  readonly address: string;
  readonly port: number;
  /** Resolves with the one answer that passed every check; never rejects, never resolves if none comes. */
  readonly answer: Promise<AcceptedCallback>;
  /**
   * Stops listening. Before an answer: at once, connections cut. After one: resolves at once, and the listener stays in the background
   * until the browser that was just redirected has its closing page, two seconds at most.
   */
  close(): Promise<void>;
}

export interface ReceiverOptions {
  redirect: Redirect;
  expected: Expected;
  /** Told of every request to the listener, taken or not. */
  onCallback(event: CallbackEvent): void;
  limits?: Partial<ReceiverLimits>;
  /** PEM; for a redirect URI with https. */
  certificate?: LocalCertificate;
  /** Opens encrypted answers (JARM) with the client's key; without it they cannot be read and are refused as malformed. */
  decrypt?: Decrypt;
}

/** Listeners that have their answer and wait to show the closing page, by port. A new flow on the same fixed port does not wait for them. */
const lingering = new Map<number, () => Promise<void>>();

/**
 * Opens the loopback redirect listener. The port is bound when this resolves, so nobody can take it while the person signs in.
 *
 * @returns the listener, or the problem that names the port or address (`port-in-use`, `port-reserved`, `no-loopback-address`, `port-not-bound`)
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export async function openReceiver(options: ReceiverOptions): Promise<Result<Receiver>> {
  const { redirect, expected, onCallback } = options;
  if (redirect.scheme === 'https' && options.certificate === undefined) throw new TypeError('A listener with https needs a certificate');
  const limits = { ...receiverLimits, ...options.limits };
  const listener = new Listener({ expected, onCallback, limits, decrypt: options.decrypt ?? (async () => null), ...(redirect.scheme === 'https' && options.certificate && { certificate: options.certificate }) });
  if (redirect.port !== null) await lingering.get(redirect.port)?.();
  const bound = await bindLoopback(redirect, () => listener.server());
  if (!bound.ok) return bound;
  const { servers, port, address } = bound.value;
  const { scheme = 'http' } = redirect;
  // Browsers leave out the port that a scheme has by itself.
  const host = port === (scheme === 'https' ? 443 : 80) ? redirect.host : `${redirect.host}:${port}`;
  listener.settleAt({ host, path: redirect.path, origin: `${scheme}://${host}` });
  const end = (): Promise<void> => {
    lingering.delete(port);
    return endAll(listener, servers);
  };
  return ok({
    redirectUri: redirectUriOf(redirect, port), address, port, answer: listener.answer.promise,
    close: async () => {
      if (!listener.taken) return end();
      lingering.set(port, end);
      const grace = new Promise<void>((over) => { setTimeout(over, limits.grace).unref(); });
      void Promise.race([listener.shown.promise, grace]).then(() => (lingering.get(port) === end ? end() : undefined));
      return undefined;
    },
  });
}

function endAll(listener: Listener, servers: readonly Server[]): Promise<void> {
  const closed = Promise.all(servers.map((server) => new Promise<void>((done) => { server.close(() => done()); })));
  listener.endAll();
  return closed.then(() => undefined);
}
