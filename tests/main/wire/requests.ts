import type { Exchange } from '../../../src-main/contract/index.ts';
import type { WireRequest } from '../../../src-main/wire/index.ts';
import { send } from '../../../src-main/wire/index.ts';

/** Sends a GET, or what is asked otherwise, to the server of a test. */
export function ask(url: string, more: Partial<WireRequest> = {}): Promise<Exchange> {
  return send({ purpose: 'token', method: 'GET', url, headers: [], ...more });
}

export const latin1 = (bytes: string): Buffer => Buffer.from(bytes, 'latin1');

/** Waits for something that is about to become true; fails after two seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 2000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It did not become true in time');
    await new Promise((next) => setTimeout(next, 5));
  }
}
