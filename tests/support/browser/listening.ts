import { randomBytes } from 'node:crypto';
import type { Redirect } from '../../../src-main/contract/index.ts';
import type { AcceptedCallback, CallbackEvent, Expected, Receiver, ReceiverLimits } from '../../../src-main/receiver/index.ts';
import { openReceiver } from '../../../src-main/receiver/index.ts';
import type { RawAnswer } from './raw-client.ts';
import { getRequest, sendRaw } from './raw-client.ts';

export const ISSUER = 'https://issuer.example.com';

/** A redirect listener that waits for an answer, what it reported, and hands to knock at it with. */
export interface Listening {
  receiver: Receiver;
  events: CallbackEvent[];
  verdicts(): string[];
  state: string;
  code: string;
  /** The target of the one right answer. */
  right: string;
  /** Sends a navigation to a target. */
  navigate(target: string, headers?: Record<string, string | null>, method?: string): Promise<RawAnswer>;
  /** The accepted answer, or null while the flow is pending. */
  accepted(): Promise<AcceptedCallback | null>;
}

/** Opens a listener on a free port of 127.0.0.1 with path /callback, canary state and code. Close it: `receiver.close()`. */
export async function listening(options: { redirect?: Partial<Redirect>; expected?: Partial<Expected>; limits?: Partial<ReceiverLimits> } = {}): Promise<Listening> {
  const [state, code] = ['state', 'code'].map((kind) => `CANARY-${kind}-${randomBytes(20).toString('hex')}`) as [string, string];
  const events: CallbackEvent[] = [];
  const opened = await openReceiver({
    redirect: { host: '127.0.0.1', port: null, path: '/callback', ...options.redirect },
    expected: { state, issuer: ISSUER, issuerRequired: false, formPost: false, ...options.expected },
    onCallback: (event) => events.push(event),
    limits: { grace: 200, ...options.limits },
  });
  if (!opened.ok) throw new Error(`${opened.problem.code}: ${opened.problem.message}`);
  const receiver = opened.value;
  return {
    receiver, events, state, code, right: `/callback?code=${code}&state=${state}`,
    verdicts: () => events.map(({ verdict }) => verdict),
    navigate: (target, headers, method) => sendRaw(receiver.port, getRequest(receiver.port, target, headers, method)),
    accepted: () => Promise.race([receiver.answer, new Promise<null>((pending) => { setImmediate(() => pending(null)); })]),
  };
}
