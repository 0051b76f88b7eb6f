import type { Finding, TokenState } from '../../../contract/index.ts';
import { boundsOf, noFinding } from '../bounds.ts';
import type { Moments } from '../ages.ts';
import { momentsIn } from '../ages.ts';
import { spend, spendFresh } from '../looks.ts';
import type { Measuring } from '../measuring.ts';
import { nextAge } from '../schedule.ts';

const QUESTION = 'reuse-grace';
const SECONDS = [0, 0.5, 1, 1.5, 2, 3, 4, 5, 7, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240, 300, 600, 1200, 3600];

/** How long a refresh token is still taken after it was rotated out (RFC 9700 §4.14.2 wants it refused, and the grant ended). */
export async function measureReuseGrace(m: Measuring): Promise<Finding> {
  const rotated = await rotatedToken(m);
  if (typeof rotated === 'string') return noFinding(QUESTION, null, rotated);
  const { token, issue } = rotated;
  const ages = SECONDS.map((seconds) => seconds * 1000).filter((age) => age <= m.longest);
  while (!m.over) {
    const seen = m.observations(QUESTION, token.record.id);
    if (seen.some(({ alive }) => !alive)) break;
    const due = nextAge(ages, seen.at(-1)?.age.from ?? null, m.ageNow(issue));
    if (due === null) break;
    await m.until(QUESTION, token.record.id, issue, due.due, 'the next use of a rotated refresh token');
    const look = await m.untilAnswered(() => spend(m, token));
    if (look) m.observe(QUESTION, token.record.id, issue, look.exchange, look.alive, due.planned);
  }
  return conclude(m, token);
}

async function conclude(m: Measuring, token: TokenState): Promise<Finding> {
  const { atLeast, atMost, late, exchanges } = boundsOf(m.observations(QUESTION, token.record.id));
  if (atLeast === null && atMost === null) return noFinding(QUESTION, null, 'Stopped before it was known.');
  const text = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  const grace = atLeast === null ? 'There is no grace period: a rotated refresh token was refused at once'
    : atMost === null ? `A rotated refresh token was still taken ${text(atLeast)} later, where we stopped`
    : `A rotated refresh token is taken for between ${text(atLeast)} and ${text(atMost)} more`;
  const heir = atMost === null ? null : m.livingGrant();
  const after = heir && !m.over ? await spend(m, heir) : null;
  const family = after === null ? '' : after.alive ? ' Its reuse did not end the grant.' : ' Its reuse ended the whole grant.';
  return { question: QUESTION, claimed: null, atLeast, atMost, verdict: atLeast === null ? 'no' : 'yes', sentence: `${grace}.${family}`, late, exchanges };
}

/** A token that has just been rotated out, and when; or why there is none. */
async function rotatedToken(m: Measuring): Promise<{ token: TokenState; issue: Moments } | string> {
  const begun = m.observations(QUESTION).at(-1)?.subject;
  const known = begun === undefined ? undefined : m.state.tokens.find(({ record }) => record.id === begun);
  if (known) return withIssue(m, known) ?? 'The rotation is not in the run any more.';
  const spent = await spendFresh(m, QUESTION);
  if (typeof spent === 'string') return spent;
  const { token, look } = spent;
  const fate = m.state.tokens.find(({ record }) => record.id === token.record.id)?.fate;
  const same = m.state.tokens.some(({ record, exchangeId }) => exchangeId === look.exchange.id && record.value === token.record.value);
  if (fate !== 'superseded' || same) return 'Refresh tokens are not rotated, so there is no reuse to measure.';
  return withIssue(m, token) ?? 'The rotation was not recorded.';
}

function withIssue(m: Measuring, token: TokenState): { token: TokenState; issue: Moments } | null {
  const heir = m.state.tokens.find(({ parentToken, record }) => parentToken === token.record.id && record.kind === 'refresh_token');
  const issue = heir && momentsIn(m.state, heir.exchangeId);
  return issue ? { token: { ...token, fate: 'superseded' }, issue } : null;
}
