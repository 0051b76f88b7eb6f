import { randomUUID } from 'node:crypto';
import { Client } from 'undici';
import type { Exchange, Purpose } from '../contract/index.ts';
import type { Connecting, Trust } from './connect.ts';
import { tappedConnector } from './connect.ts';
import { decodeBody } from './decode.ts';
import { failureOf, problemOf, WireFailure } from './failures.ts';
import type { WireLimits } from './limits.ts';
import { defaultLimits, KEPT_OF_TOO_LARGE } from './limits.ts';
import { headOfAnswer } from './head.ts';
import { Tap } from './tap.ts';

export interface WireRequest {
  purpose: Purpose;
  method: string;
  /** Absolute http(s) URL; a fragment is not sent. */
  url: string;
  /** In the order and case they are to be sent. */
  headers: readonly (readonly [string, string])[];
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
 */
export async function send(request: WireRequest): Promise<Exchange> {
  const limits = { ...defaultLimits, ...request.limits };
  const [startedWall, started] = [Date.now(), performance.now()];
  const stop = new AbortController();
  const tap = new Tap(limits.wireBytes, () => stop.abort(new WireFailure('response-too-large', `More than ${limits.wireBytes} bytes came.`)));
  const found: Connecting = { connection: null, tls: null };
  const chunks: Buffer[] = [];
  let failure: WireFailure | null = null;
  const release = watch(request.signal, stop, tap, found, limits, started);
  try {
    check(request);
    await exchange(request, stop.signal, tappedConnector(tap, found, limits.connect, request.trust), chunks);
  } catch (error) {
    failure = stop.signal.aborted ? failureOf(stop.signal.reason) : failureOf(error);
  } finally {
    release();
    found.socket?.destroy();
  }
  const ended = performance.now();
  const { response, decodeFailure } = await responseOf(tap, chunks, failure, limits);
  failure ??= decodeFailure;
  const since = (at: number | undefined): number | undefined => (at === undefined ? undefined : at - started);
  return {
    id: randomUUID(), purpose: request.purpose, method: request.method, url: request.url,
    request: tap.sent.toString('latin1'), response,
    times: {
      started: startedWall, ended: ended - started,
      ...defined({ connected: since(found.connectedAt), secured: since(found.securedAt), sent: since(tap.lastSentAt), firstByte: since(tap.firstByteAt) }),
    },
    connection: found.connection, tls: found.tls,
    failure: failure ? problemOf(failure, hostOf(request.url)) : null,
  };
}

async function exchange(request: WireRequest, signal: AbortSignal, connect: ReturnType<typeof tappedConnector>, chunks: Buffer[]): Promise<void> {
  const url = new URL(request.url);
  // Our own watch bounds time and size; undici's timers would only add a second opinion.
  const client = new Client(url.origin, { connect, pipelining: 1, headersTimeout: 0, bodyTimeout: 0, maxHeaderSize: 65_536 });
  try {
    const answer = await client.request({
      path: `${url.pathname}${url.search}`, method: request.method, headers: request.headers.flat(), reset: true, signal,
      ...(request.body !== undefined && { body: request.body }),
    });
    for await (const chunk of answer.body) chunks.push(chunk as Buffer);
  } finally {
    void client.destroy().catch(() => undefined);
  }
}

/** Cancellation, total and idle limits, all ending in one abort with the reason; returns what takes the watch down. */
function watch(signal: AbortSignal | undefined, stop: AbortController, tap: Tap, found: Connecting, limits: WireLimits, started: number): () => void {
  const cancel = (): void => stop.abort(new WireFailure('cancelled'));
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  const total = setTimeout(() => stop.abort(new WireFailure('time-limit-total', `The limit is ${limits.total / 1000} s.`)), limits.total);
  const idle = setInterval(() => {
    const since = Math.max(tap.lastActivity, found.connectedAt ?? started);
    if (found.connectedAt !== undefined && performance.now() - since > limits.idle) {
      stop.abort(new WireFailure('time-limit-idle', `Nothing came for ${limits.idle / 1000} s.`));
    }
  }, Math.min(500, limits.idle / 4));
  return () => {
    signal?.removeEventListener('abort', cancel);
    clearTimeout(total);
    clearInterval(idle);
  };
}

// eslint-disable-next-line no-control-regex -- the control characters are what is refused
const badHeaderValue = /[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/;

function check(request: WireRequest): void {
  if (!URL.canParse(request.url) || !/^https?:$/.test(new URL(request.url).protocol)) throw new WireFailure('invalid-url', 'It is not an absolute http(s) URL.');
  if (!/^[A-Z]+$/.test(request.method)) throw new WireFailure('invalid-method');
  for (const [name, value] of request.headers) {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw new WireFailure('invalid-header', 'A header name holds a character that may not stand in one.');
    if (badHeaderValue.test(value)) throw new WireFailure('invalid-header', `The value of ${name} holds a line break, a control character or a character beyond Latin-1.`);
  }
}

async function responseOf(
  tap: Tap, chunks: readonly Buffer[], failure: WireFailure | null, limits: WireLimits,
): Promise<{ response: Exchange['response']; decodeFailure: WireFailure | null }> {
  if (tap.receivedBytes === 0) return { response: null, decodeFailure: null };
  const tooLarge = failure?.code === 'response-too-large';
  const raw = tooLarge ? tap.received.subarray(0, KEPT_OF_TOO_LARGE) : tap.received;
  const head = headOfAnswer(raw.toString('latin1'));
  const wireBody = Buffer.concat(chunks);
  const decoded = await decodeBody(tooLarge ? wireBody.subarray(0, KEPT_OF_TOO_LARGE) : wireBody, head.contentEncoding, limits.decodedBytes);
  const cut = tooLarge ? { kept: raw.length, limit: limits.wireBytes, counted: 'wire' as const }
    : decoded.cut ? { kept: decoded.body.length, limit: limits.decodedBytes, counted: 'decoded' as const } : undefined;
  const decodeFailure = decoded.cut ? new WireFailure('response-too-large', `More than ${limits.decodedBytes} bytes after decoding.`)
    : decoded.error !== null && failure === null ? new WireFailure('content-decoding-failed', decoded.error) : null;
  return {
    response: {
      status: head.status, reason: head.reason, raw: raw.toString('latin1'), headLength: head.length,
      body: (head.status === 0 ? raw : decoded.body).toString('latin1'), ...(cut && { cut }),
    },
    decodeFailure,
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url.slice(0, 100);
}

function defined<T extends Record<string, number | undefined>>(values: T): { [K in keyof T]?: number } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: number };
}
