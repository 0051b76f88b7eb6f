/**
 * receiver/: the loopback redirect listener (RFC 8252).
 *
 * For flow/. Binds the chosen loopback address only, takes one answer with the right `state` and `iss`, records and refuses everything
 * else that knocks, and never echoes a request.
 */
export { openReceiver } from './receiver.ts';
export type { Receiver, ReceiverOptions } from './receiver.ts';
export type { LocalCertificate } from './secured.ts';
export { portHolder } from './port-holder.ts';
export type { PortHolder } from './port-holder.ts';
export { receiverLimits } from './limits.ts';
export type { ReceiverLimits } from './limits.ts';
export type { AcceptedCallback, CallbackEvent } from './listener.ts';
export { judgeCallback } from './judge.ts';
export type { CallbackRequest, Expected, Judgement, Place } from './judge.ts';
