import { randomUUID } from 'node:crypto';
import { Client } from 'undici';
import type { Exchange, Purpose } from '../contract/index.ts';
import { readAnswer } from './answer.ts';
import { check } from './check.ts';
import type { Connecting } from './connect.ts';
import { tappedConnector } from './connect.ts';
import { failureOf, WireFailure } from './failures.ts';
import type { WireLimits } from './limits.ts';
import { defaultLimits, HEAD_BYTES } from './limits.ts';
import { Tap } from './tap.ts';
import type { Trust } from './trust.ts';
import { secureContextFor } from './trust.ts';
import { watch } from './watch.ts';
import { problemOf } from './words.ts';

export interface WireRequest {
  purpose: Purpose;
  method: string;
  /** Absolute http(s) URL; user name, password and fragment are not sent. */
  url: string;
  /** In the order and case they are to be sent. `Host` comes first and `Content-Length` last wherever they stand here; `Connection` is always `close`. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Text is sent as UTF-8. */
  body?: Uint8Array | string;
  signal?: AbortSignal;
  limits?: Partial<WireLimits>;
  trust?: Trust;
}

/**
 * Makes one HTTP/1.1 exchange on a connection of its own and records it exactly. Redirects are not followed; the only headers beside the
 * given ones are `host`, `connection` and `content-length`.
 *
 * @returns the exchange, always: what went wrong stands in `failure`, and every byte that came before it is kept
 *   (of an answer that was too large, its first {@link KEPT_OF_TOO_LARGE} bytes)
 */
export async function send(request: WireRequest): Promise<Exchange> {
  const limits = { ...defaultLimits, ...request.limits };
  prepareTrust(request);
  const [startedWall, started] = [Date.now(), performance.now()];
  const stop = new AbortController();
  const tap = new Tap(limits.wireBytes, () => stop.abort(new WireFailure('response-too-large', `More than ${limits.wireBytes} bytes came.`)));
  const found: Connecting = { connection: null, tls: null };
  let failure: WireFailure | null = null;
  const release = watch(request.signal, stop, tap, found, limits, started);
  try {
    check(request);
    await exchange(request, stop.signal, tappedConnector(tap, found, limits.connect, request.trust, stop.signal));
  } catch (error) {
    failure = failureOf(stop.signal.aborted ? stop.signal.reason : (found.alert ?? error));
  } finally {
    release();
    found.socket?.destroy();
  }
  const ended = performance.now();
  const answer = await readAnswer(tap.received, request.method, failure, limits);
  const points = { connected: found.connectedAt, secured: found.securedAt, sent: tap.lastSentAt, firstByte: tap.firstByteAt };
  return {
    id: randomUUID(), purpose: request.purpose, method: request.method, url: sentUrl(request.url),
    request: tap.sent.toString('latin1'), response: answer.response,
    times: { started: startedWall, ended: ended - started, ...since(started, points) },
    connection: found.connection, tls: found.tls,
    failure: answer.failure ? problemOf(answer.failure, hostOf(request.url)) : null,
  };
}

/** Reads the authorities before the clock starts: done once, it is no part of an exchange. What is wrong with them is reported on connecting. */
function prepareTrust({ url, trust }: WireRequest): void {
  try {
    if (/^https:/i.test(url)) secureContextFor(trust);
  } catch (error) {
    if (!(error instanceof WireFailure)) throw error;
  }
}

/** Resolves once the answer is complete; rejects with what kept it from that. */
function exchange(request: WireRequest, signal: AbortSignal, connect: ReturnType<typeof tappedConnector>): Promise<void> {
  return new Promise<void>((done, failed) => {
    if (signal.aborted) {
      failed(signal.reason as Error);
      return;
    }
    const url = new URL(request.url);
    // Our own watch bounds time and size; undici's timers would only add a second opinion.
    const client = new Client(url.origin, { connect, pipelining: 1, headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: HEAD_BYTES });
    const end = (error: unknown): void => {
      if (error === null) done();
      else failed(error as Error);
      client.destroy().catch(() => undefined);
    };
    signal.addEventListener('abort', () => end(signal.reason), { once: true });
    // The tap keeps the bytes; undici is asked only how to write a request and where the answer ends.
    client.dispatch({
      path: `${url.pathname}${url.search}`, method: request.method, headers: request.headers.flat(), reset: true, ...(request.body !== undefined && { body: request.body }),
    }, {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: () => undefined,
      onResponseEnd: () => end(null),
      onResponseError: (_controller, error) => end(error),
    });
  });
}

/** The URL as it was used: user name and password never leave this machine, so they are no part of the record either. */
function sentUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const used = new URL(url);
  if (used.username === '' && used.password === '') return url;
  used.username = used.password = '';
  return used.href;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url.slice(0, 100);
}

function since(started: number, points: Record<string, number | undefined>): Record<string, number> {
  const reached: Record<string, number> = {};
  for (const [name, at] of Object.entries(points)) if (at !== undefined) reached[name] = at - started;
  return reached;
}
