import type { Exchange, StepState } from '../../contract/index.ts';
import { clockSkewOf, durationText } from '../../contract/index.ts';
import { send } from '../../wire/index.ts';
import type { FlowContext } from '../context.ts';
import { recordExchange, serverOf } from '../context.ts';
import { userAgent } from '../request.ts';
import type { StepResult, StepScope } from '../steps.ts';
import { done, failed, runStep } from '../steps.ts';
import { limitsOf, trustOf } from '../trust.ts';
import type { Conclusion } from './probing.ts';
import { answeredExchange, asProbe } from './probing.ts';

/** Less than this is within what servers tolerate of signed values. */
const TOLERATED = 30_000;

/**
 * Asks for the server's clock: HEAD at the issuer, and GET where HEAD is answered without a Date.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1
 */
export function timeCheckProbe(context: FlowContext, about: string | undefined): Promise<StepResult<null>> {
  const probing = asProbe(context, { probe: 'time-check', about, conclude: timeAnswer });
  return runStep(probing.recorder, probing.cancel, { kind: 'discover', limit: context.environment.limits.request * 2 }, async (scope) => {
    const url = addressOf(context);
    if (url === null) return failed({ code: 'no-issuer', message: 'No address of the provider is known.' });
    const first = await ask(context, scope, 'HEAD', url);
    const exchange = first.response !== null && clockSkewOf(first) === null ? await ask(context, scope, 'GET', url) : first;
    return exchange.response === null ? failed(exchange.failure ?? { code: 'no-answer', message: 'No answer came.' }) : done(null);
  });
}

function addressOf(context: FlowContext): string | null {
  const server = serverOf(context);
  return [server.issuer, server.token_endpoint].find((url): url is string => url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) ?? null;
}

async function ask(context: FlowContext, scope: StepScope, method: 'HEAD' | 'GET', url: string): Promise<Exchange> {
  const exchange = await send({
    purpose: 'other', method, url, headers: [['User-Agent', userAgent(context)]], signal: scope.signal, trust: await trustOf(context, url),
    limits: limitsOf(context.environment),
  });
  recordExchange(context, scope.step, exchange);
  return exchange;
}

function timeAnswer(step: StepState): Conclusion | null {
  const exchange = answeredExchange(step);
  if (exchange === null) return null;
  const skew = clockSkewOf(exchange);
  if (skew === null) return { finding: 'The server states no time.', meaning: 'Without a Date header the clocks cannot be compared.', supports: [], excludes: [], exchange };
  const off = Math.abs(skew.offset) > skew.uncertainty + TOLERATED;
  return {
    finding: `The server’s clock is ${durationText(skew.offset)} ${skew.offset < 0 ? 'behind' : 'ahead of'} ours, give or take ${durationText(skew.uncertainty)}.`,
    meaning: off ? 'The clocks differ: signed or time-bound values of the side that is off fall outside their window.' : 'The clocks agree well enough: no clock is to blame.',
    supports: off ? ['clock_skew'] : [], excludes: off ? [] : ['clock_skew'], exchange,
  };
}
