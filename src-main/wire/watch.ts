import type { Connecting } from './connect.ts';
import type { FailureCode } from './failures.ts';
import { WireFailure } from './failures.ts';
import type { WireLimits } from './limits.ts';
import type { Tap } from './tap.ts';

/**
 * Watches over an exchange: the caller's signal, the total limit, that of silence and those of the phases all end in one abort whose reason is the failure.
 *
 * @param started `performance.now()` at the start
 * @returns what takes the watch down
 */
export function watch(signal: AbortSignal | undefined, stop: AbortController, tap: Tap, found: Connecting, limits: WireLimits, started: number): () => void {
  const cancel = (): void => stop.abort(cancellation(signal?.reason));
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  const total = setTimeout(() => stop.abort(new WireFailure('time-limit-total', `The limit is ${limits.total / 1000} s.`)), limits.total);
  const { idle: silence, tls, firstByte, body } = limits;
  const idle = setInterval(() => {
    // Before there is a connection the connect limit counts.
    if (found.connectedAt === undefined) return;
    const now = performance.now();
    const phase = phaseOf(tap, found);
    if (phase !== null && now - phase.since > limits[phase.name]) stop.abort(new WireFailure(phase.code, phase.words(limits[phase.name] / 1000)));
    else if (now - Math.max(tap.lastActivity, found.connectedAt, started) > silence) stop.abort(new WireFailure('time-limit-idle', `Nothing came for ${silence / 1000} s.`));
  }, Math.max(1, Math.min(500, silence / 4, tls / 4, firstByte / 4, body / 4)));
  return () => {
    signal?.removeEventListener('abort', cancel);
    clearTimeout(total);
    clearInterval(idle);
  };
}

interface Phase { name: 'tls' | 'firstByte' | 'body'; since: number; code: FailureCode; words(seconds: number): string }

/** What is waited for now, and since when. On a connection without TLS the request follows TCP at once. */
function phaseOf(tap: Tap, { connectedAt, securedAt }: Connecting): Phase | null {
  if (tap.firstByteAt !== undefined) return { name: 'body', since: tap.firstByteAt, code: 'time-limit-body', words: (seconds) => `${seconds} s after its first byte it was not over.` };
  if (tap.lastSentAt !== undefined) return { name: 'firstByte', since: tap.lastSentAt, code: 'time-limit-first-byte', words: (seconds) => `${seconds} s after the request no byte had come.` };
  return connectedAt !== undefined && securedAt === undefined ? { name: 'tls', since: connectedAt, code: 'time-limit-tls', words: (seconds) => `${seconds} s after TCP the handshake was not done.` } : null;
}

/** A signal made by `AbortSignal.timeout` is a time limit, not a person's decision. */
function cancellation(reason: unknown): WireFailure {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? new WireFailure('time-limit-total', 'The limit of the calling step was reached.')
    : new WireFailure('cancelled');
}
