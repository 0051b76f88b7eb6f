import type { Finding, RunEventOf } from '../../../contract/index.ts';
import { formParameters, messageParts, valueOf } from '../../../contract/index.ts';
import { lastCode } from '../../provoke.ts';
import type { AuthorizedCode } from '../../steps/authorize.ts';
import { exchangeStep } from '../../steps/exchange.ts';
import type { Moments } from '../ages.ts';
import { boundsOf, lifetimeFinding, noFinding } from '../bounds.ts';
import { lastExchange } from '../looks.ts';
import type { Measuring } from '../measuring.ts';
import { nextTry } from '../schedule.ts';

const QUESTION = 'code';

/** How long an authorization code can be redeemed, counted from its arrival (RFC 6749 §4.1.2 recommends ten minutes at most). Each try is a sign-in. */
export async function measureCode(m: Measuring): Promise<Finding> {
  const claimed = m.claimOf(QUESTION);
  // What else is measured needs tokens, and a code that was held too long brings none.
  const reserved = m.plan.questions.length > 1 && m.plan.options.signIns > 1 ? 1 : 0;
  while (!m.over) {
    const due = nextTry(claimed === null ? null : claimed.seconds * 1000, m.longest, boundsOf(m.observations(QUESTION)));
    const pending = pendingCode(m);
    if (due === null || (!pending && m.signInsLeft <= reserved)) break;
    const code = pending ?? await m.code(QUESTION);
    const callback = m.state.callbacks.findLast(({ verdict }) => verdict === 'accepted');
    if (!code || !callback) break;
    await holdAndRedeem(m, code, callback, due);
  }
  const seen = m.observations(QUESTION);
  return seen.length === 0 ? noFinding(QUESTION, claimed, 'No code came to be held.') : lifetimeFinding(QUESTION, claimed, seen);
}

async function holdAndRedeem(m: Measuring, code: AuthorizedCode, callback: RunEventOf<'callback-received'>, due: number): Promise<void> {
  const reading = { at: callback.at, mono: callback.mono, boot: callback.boot };
  const issue: Moments = { sent: reading, answered: reading };
  await m.until(QUESTION, `code:${callback.seq}`, issue, due, 'a code that is held');
  const redeemed = await m.untilAnswered(async () => {
    const done = await exchangeStep(m.context, code);
    const exchange = lastExchange(m, 'exchange');
    if (done.outcome === 'ok' && exchange) return { alive: true, exchange };
    return done.outcome === 'refused' && exchange && done.problem.code === 'invalid_grant' ? { alive: false, exchange } : null;
  });
  if (redeemed) m.observe(QUESTION, `code:${callback.seq}`, issue, redeemed.exchange, redeemed.alive, due);
}

/** A code that came before the process ended and was not sent. */
function pendingCode(m: Measuring): AuthorizedCode | null {
  const code = lastCode(m.state);
  if (!code) return null;
  const sent = [...m.state.exchanges.values()].some(({ exchange }) => exchange.purpose === 'token'
    && valueOf(formParameters(messageParts(exchange.request).body), 'code') === code.code);
  return sent ? null : code;
}
