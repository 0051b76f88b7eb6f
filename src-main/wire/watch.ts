import type { Connecting } from './connect.ts';
import { WireFailure } from './failures.ts';
import type { WireLimits } from './limits.ts';
import type { Tap } from './tap.ts';

/**
 * Watches over an exchange: the caller's signal, the total and the idle limit all end in one abort whose reason is the failure.
 *
 * @param started `performance.now()` at the start
 * @returns what takes the watch down
 */
export function watch(signal: AbortSignal | undefined, stop: AbortController, tap: Tap, found: Connecting, limits: WireLimits, started: number): () => void {
  const cancel = (): void => stop.abort(cancellation(signal?.reason));
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  const total = setTimeout(() => stop.abort(new WireFailure('time-limit-total', `The limit is ${limits.total / 1000} s.`)), limits.total);
  const idle = setInterval(() => {
    // Before there is a connection the connect limit counts.
    if (found.connectedAt !== undefined && performance.now() - Math.max(tap.lastActivity, found.connectedAt, started) > limits.idle) {
      stop.abort(new WireFailure('time-limit-idle', `Nothing came for ${limits.idle / 1000} s.`));
    }
  }, Math.max(1, Math.min(500, limits.idle / 4)));
  return () => {
    signal?.removeEventListener('abort', cancel);
    clearTimeout(total);
    clearInterval(idle);
  };
}

/** A signal made by `AbortSignal.timeout` is a time limit, not a person's decision. */
function cancellation(reason: unknown): WireFailure {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? new WireFailure('time-limit-total', 'The limit of the calling step was reached.')
    : new WireFailure('cancelled');
}
