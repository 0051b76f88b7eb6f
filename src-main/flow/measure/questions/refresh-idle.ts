import type { Finding, TokenState } from '../../../contract/index.ts';
import { boundsOf, lifetimeFinding, noFinding } from '../bounds.ts';
import type { Moments } from '../ages.ts';
import { momentsIn } from '../ages.ts';
import { spend } from '../looks.ts';
import type { Measuring } from '../measuring.ts';
import { nextTry } from '../schedule.ts';
import { watchLives } from '../watch.ts';

const QUESTION = 'refresh-idle';

/** How long a refresh token lives that nobody uses: asked by introspection, else by leaving it alone for longer and longer and using it then. */
export async function measureRefreshIdle(m: Measuring): Promise<Finding> {
  const watched = await watchLives(m, { question: QUESTION, kind: 'refresh_token', what: 'an unused refresh token to end', fresh: () => freshGrant(m) });
  return watched ?? leaveAlone(m);
}

async function freshGrant(m: Measuring): Promise<TokenState | null> {
  const living = m.livingGrant();
  // A token that lay about since the last question is older than it need be.
  if (living && (await spend(m, living))?.alive) return m.livingGrant();
  return await m.signIn(QUESTION) ? m.livingGrant() : null;
}

async function leaveAlone(m: Measuring): Promise<Finding> {
  const claimed = m.claimOf(QUESTION);
  while (!m.over) {
    const due = nextTry(claimed === null ? null : claimed.seconds * 1000, m.longest, boundsOf(m.observations(QUESTION)));
    if (due === null) break;
    const token = await m.grant(QUESTION);
    if (!token) break;
    const used = lastUseOf(m, token);
    await m.until(QUESTION, token.record.id, used, due, 'a refresh token that is left alone');
    const look = await m.untilAnswered(() => spend(m, token));
    if (look) m.observe(QUESTION, token.record.id, used, look.exchange, look.alive, due);
  }
  const seen = m.observations(QUESTION);
  return seen.length === 0 ? noFinding(QUESTION, claimed, 'There was no refresh token to leave alone.') : lifetimeFinding(QUESTION, claimed, seen);
}

/** When it was last used; a token that is not rotated is used many times. */
function lastUseOf(m: Measuring, token: TokenState): Moments {
  const used = m.state.tokens.findLast(({ parentToken }) => parentToken === token.record.id);
  return (used && momentsIn(m.state, used.exchangeId)) ?? m.issueOf(token);
}
