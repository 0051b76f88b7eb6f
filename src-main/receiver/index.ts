/**
 * receiver/: the loopback redirect listener (RFC 8252).
 *
 * For flow/. Binds the chosen loopback address only, takes one answer with the right `state` and `iss`, records and refuses everything
 * else that knocks, and never echoes a request.
 */
export { openReceiver, receiverLimits } from './receiver.ts';
export type { AcceptedCallback, CallbackEvent, Receiver, ReceiverLimits, ReceiverOptions } from './receiver.ts';
export { judgeParameters, judgeRequest } from './judge.ts';
export type { Expected, Judgement } from './judge.ts';
