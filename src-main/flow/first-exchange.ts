import type { Provocation } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import { mistakeOf } from './provoke.ts';
import type { AuthorizedCode } from './steps/authorize.ts';
import { exchangeStep } from './steps/exchange.ts';
import type { StepResult } from './steps.ts';
import type { ReceivedTokens } from './tokens.ts';

/** The mistakes that can be made with a code that was not redeemed yet. */
export type CodeMistake = Extract<Provocation, 'wrong-redirect' | 'wrong-verifier' | 'wrong-secret'>;

/** What happens to the first code of a Run, instead of redeeming it at once and rightly. */
export interface FirstExchange {
  /** Seconds to keep the code before it is redeemed. */
  holdSeconds?: number;
  mistake?: CodeMistake;
}

/** Redeems the code of the flow the way it was asked for. A cancelled hold ends as a cancelled exchange: nothing is sent. */
export async function firstExchange(context: FlowContext, authorized: AuthorizedCode, first: FirstExchange): Promise<StepResult<ReceivedTokens>> {
  if (first.holdSeconds !== undefined && first.holdSeconds > 0) await pause(first.holdSeconds * 1000, context.cancel);
  return first.mistake === undefined
    ? exchangeStep(context, authorized)
    : exchangeStep(context, authorized, first.mistake, mistakeOf(first.mistake, authorized));
}

function pause(milliseconds: number, cancel: AbortSignal): Promise<void> {
  return new Promise((over) => {
    const timer = setTimeout(end, milliseconds);
    function end(): void {
      clearTimeout(timer);
      cancel.removeEventListener('abort', end);
      over();
    }
    cancel.addEventListener('abort', end, { once: true });
    if (cancel.aborted) end();
  });
}
