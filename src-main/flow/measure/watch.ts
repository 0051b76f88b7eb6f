import type { Finding, Question, TokenState } from '../../contract/index.ts';
import { boundsOf, lifetimeFinding, noFinding } from './bounds.ts';
import { lookAt } from './looks.ts';
import type { Measuring } from './measuring.ts';
import { isNarrow, nextAge, watchAges } from './schedule.ts';
import type { Way } from './ways.ts';
import { waysOf } from './ways.ts';

const ROUNDS = 3;

/** Which token a question watches, and where the next one comes from when the first was seen to end in too wide a gap. */
export interface Watched {
  question: Extract<Question, 'access-token' | 'refresh-idle'>;
  kind: 'access_token' | 'refresh_token';
  what: string;
  fresh(): Promise<TokenState | null>;
}

/**
 * Watches tokens until their end by asking about them, which does not change them. A second and a third token narrow the gap in which the
 * first one ended.
 *
 * @returns `null` where asking shows nothing here (no endpoint, or one that calls a living token dead)
 */
export async function watchLives(m: Measuring, watched: Watched): Promise<Finding | null> {
  const { question } = watched;
  const claimed = m.claimOf(question);
  const subjects = (): string[] => [...new Set(m.observations(question).map(({ subject }) => subject))];
  while (!m.over && subjects().length <= ROUNDS) {
    const last = subjects().at(-1);
    const open = last !== undefined && m.observations(question, last).every(({ alive }) => alive) ? m.state.tokens.find(({ record }) => record.id === last) : undefined;
    const seen = m.observations(question);
    const before = boundsOf(seen.filter(({ subject }) => subject !== open?.record.id));
    if (!open && (subjects().length >= ROUNDS || isNarrow(before) || (seen.length > 0 && before.atMost === null))) break;
    const token = open ?? await watched.fresh();
    if (!token) break;
    const way = await wayFor(m, watched, token);
    if (!way) return m.observations(question).length > 0 ? finish(m, watched) : m.over ? noFinding(question, claimed, 'Stopped before it was known.') : null;
    await watchOne(m, watched, token, way, watchAges(claimed === null ? null : claimed.seconds * 1000, m.longest, before));
    if (m.observations(question, token.record.id).every(({ alive }) => alive)) break;
  }
  return finish(m, watched);
}

function finish(m: Measuring, { question }: Watched): Finding {
  const seen = m.observations(question);
  return seen.length === 0 ? noFinding(question, m.claimOf(question), 'There was no token to watch.') : lifetimeFinding(question, m.claimOf(question), seen);
}

/** The first way that calls a token alive that has just come. */
async function wayFor(m: Measuring, { question, kind }: Watched, token: TokenState): Promise<Way | null> {
  const before = m.observations(question, token.record.id)[0];
  const purpose = before && m.state.exchanges.get(before.exchangeId)?.exchange.purpose;
  if (purpose !== undefined) return purpose === 'userinfo' ? 'userinfo' : 'introspection';
  for (const way of waysOf(m.state.metadata?.metadata, kind)) {
    const look = await lookAt(m, token, way);
    if (m.over) return null;
    if (look?.alive !== true) continue;
    m.observe(question, token.record.id, m.issueOf(token), look.exchange, true, m.ageNow(m.issueOf(token)));
    return way;
  }
  return null;
}

async function watchOne(m: Measuring, { question, what }: Watched, token: TokenState, way: Way, ages: readonly number[]): Promise<void> {
  const [subject, issue] = [token.record.id, m.issueOf(token)];
  while (!m.over) {
    const seen = m.observations(question, subject);
    if (seen.some(({ alive }) => !alive)) return;
    const due = nextAge(ages, seen.at(-1)?.age.from ?? null, m.ageNow(issue));
    if (due === null) return;
    await m.until(question, subject, issue, due.due, what);
    const look = await m.untilAnswered(() => lookAt(m, token, way));
    if (look && !m.context.cancel.aborted) m.observe(question, subject, issue, look.exchange, look.alive, due.planned);
  }
}
