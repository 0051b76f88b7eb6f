import type { Finding, TokenState } from '../../../contract/index.ts';
import { boundsOf, lifetimeFinding, noFinding } from '../bounds.ts';
import { spend, spendFresh } from '../looks.ts';
import type { Measuring } from '../measuring.ts';

const QUESTION = 'refresh-absolute';

/** How long a grant lives that is used all the time: refreshed again and again, never idle, until it is refused or we stop. */
export async function measureRefreshAbsolute(m: Measuring): Promise<Finding> {
  while (!m.over) {
    const seen = m.observations(QUESTION);
    const { atLeast, atMost } = boundsOf(seen);
    if (atMost !== null || (atLeast ?? 0) >= m.longest * 0.99) break;
    // What lay about during the question before would be refused for that.
    if (seen.length === 0 && typeof await spendFresh(m, QUESTION) === 'string') break;
    const token = await m.grant(QUESTION);
    if (!token) break;
    const issue = m.issueOf(rootOf(m, token));
    const now = m.ageNow(issue);
    const due = Math.min(m.longest, now + gapOf(m));
    if (now >= m.longest && seen.length > 0) break;
    await m.until(QUESTION, rootOf(m, token).record.id, issue, due, 'the next refresh of a grant that is kept busy');
    const look = await m.untilAnswered(() => spend(m, token));
    if (look) m.observe(QUESTION, rootOf(m, token).record.id, issue, look.exchange, look.alive, due);
  }
  const seen = m.observations(QUESTION);
  return seen.length === 0 ? noFinding(QUESTION, null, 'There was no refresh token to keep busy.') : lifetimeFinding(QUESTION, m.claimOf(QUESTION), seen);
}

/** The refresh token that came for the code. */
function rootOf(m: Measuring, token: TokenState): TokenState {
  const parent = token.parentToken === undefined ? undefined : m.state.tokens.find(({ record }) => record.id === token.parentToken);
  return parent ? rootOf(m, parent) : token;
}

/** Less than half of what an unused token lives, so that it is never the idleness that ends it. */
function gapOf(m: Measuring): number {
  const idle = boundsOf(m.observations('refresh-idle'));
  const claimed = m.claimOf('refresh-idle');
  const unused = idle.atLeast ?? idle.atMost ?? (claimed === null ? null : claimed.seconds * 1000);
  const usual = Math.min(600_000, Math.max(1000, m.longest / 40));
  return Math.max(400, unused === null ? Math.min(60_000, usual) : Math.min(usual, unused * 0.4));
}
