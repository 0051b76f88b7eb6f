/**
 * The process that reads large imports (an Electron utility process), so that neither a parser at work nor a text beyond all memory stops
 * the app. Reads what it is sent, keeps it until it is ended, touches no file and no network.
 */
import { ok, unreachable } from '../../contract/result.ts';
import { ImportSession } from '../../import/index.ts';
import type { Answers, Order } from './messages.ts';
import { orderSchema } from './messages.ts';

const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) process.exit(0); }, 1000).unref();

const session = new ImportSession();

process.parentPort.on('message', ({ data }) => process.parentPort.postMessage(answer(orderSchema.parse(data))));

function answer(order: Order): Answers[Order['order']] {
  switch (order.order) {
    case 'preview': return session.preview(order.text, order.answer, order.fileName);
    case 'begin':
      session.begin(order.title, order.what, order.importedAt);
      return ok(null);
    case 'next': return ok(session.next());
    default: return unreachable(order);
  }
}
