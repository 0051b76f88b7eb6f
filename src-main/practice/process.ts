/**
 * The practice provider's own process (an Electron utility process). Does nothing until it is told to start, and ends with the app:
 * when told, when the channel closes, or when its parent is gone.
 */
import { unreachable } from '../contract/result.ts';
import type { Started } from './messages.ts';
import { orderSchema } from './messages.ts';
import type { PracticeProvider } from './provider.ts';
import { startPracticeProvider } from './provider.ts';

const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.exit(0); }, 1000).unref();
process.once('disconnect', () => process.exit(0));

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
