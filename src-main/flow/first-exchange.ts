import type { Provocation, RunOptions } from '../contract/index.ts';
import { unreachable } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import { mistakeOf } from './provoke.ts';
import type { AuthorizedCode } from './steps/authorize.ts';
import { exchangeStep } from './steps/exchange.ts';
import type { StepResult } from './steps.ts';
import type { ReceivedTokens } from './tokens.ts';

/** The mistakes that can be made with a code that was not redeemed yet. */
export type CodeMistake = Extract<Provocation, 'wrong-redirect' | 'wrong-verifier' | 'wrong-secret'>;

/** What happens to the first code of a Run, instead of redeeming it at once and rightly. */
export type FirstExchange = Pick<RunOptions, 'holdSeconds' | 'mistake' | 'redeem'>;

/** Redeems the code of the flow the way it was asked for. A cancelled hold ends as a cancelled exchange: nothing is sent. */
export async function firstExchange(context: FlowContext, authorized: AuthorizedCode, first: FirstExchange): Promise<StepResult<ReceivedTokens>> {
  const { recorder, cancel } = context;
  if (first.holdSeconds !== undefined && first.holdSeconds > 0) await recorder.gate.wait(recorder, { before: 'exchange', reason: 'hold-code', seconds: first.holdSeconds }, cancel);
  const redeem = (): Promise<StepResult<ReceivedTokens>> => (first.mistake === undefined
    ? exchangeStep(context, authorized)
    : exchangeStep(context, authorized, first.mistake, mistakeOf(first.mistake, authorized)));
  const again = (): Promise<StepResult<ReceivedTokens>> => exchangeStep(context, authorized, 'reuse-code');
  switch (first.redeem ?? 'once') {
    case 'once': return redeem();
    case 'twice': {
      const result = await redeem();
      if (!cancel.aborted) await again();
      return result;
    }
    case 'concurrently': {
      // Each request has a connection of its own; which one the server takes first is the server's business.
      const [one, other] = await Promise.all([redeem(), again()]);
      return one.outcome === 'ok' ? one : other;
    }
    default: return unreachable(first.redeem as never);
  }
}
