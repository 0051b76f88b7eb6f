/**
 * The practice provider's own process (an Electron utility process). Does nothing until it is told to start, and ends when told or with the app:
 * Chromium ends it when the app is gone, and it looks for itself as well.
 */
import { unreachable } from '../contract/result.ts';
import type { Started } from './messages.ts';
import { orderSchema } from './messages.ts';
import type { PracticeProvider } from './provider.ts';
import { startPracticeProvider } from './provider.ts';

const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.exit(0); }, 1000).unref();

let provider: PracticeProvider | null = null;

process.parentPort.on('message', ({ data }) => {
  const order = orderSchema.parse(data);
  switch (order.order) {
    case 'start':
      void startPracticeProvider({ lifetimes: order.lifetimes }).then((started) => {
        if (started.ok) provider = started.value;
        process.parentPort.postMessage({ started: started.ok ? { ok: true, value: started.value.info } : started } satisfies Started);
      });
      return;
    case 'set-lifetimes':
      provider?.setLifetimes(order.lifetimes);
      return;
    case 'stop':
      void (provider?.close() ?? Promise.resolve()).finally(() => process.exit(0));
      return;
    default:
      unreachable(order);
  }
});
