import type { Exchange, Question, StepKind, TokenState } from '../../contract/index.ts';
import { refreshStep } from '../steps/refresh.ts';
import { introspectStep } from '../steps/token-endpoints.ts';
import { userinfoStep } from '../steps/userinfo.ts';
import type { Measuring } from './measuring.ts';
import type { Way } from './ways.ts';

/** What a look showed; `null` where no usable answer came. */
export interface Look { alive: boolean; exchange: Exchange }

/** Looks once. */
export async function lookAt(m: Measuring, token: TokenState, way: Way): Promise<Look | null> {
  if (way === 'introspection') {
    const done = await introspectStep(m.context, token);
    const exchange = lastExchange(m, 'introspect');
    const active = m.state.tokens.find(({ record }) => record.id === token.record.id)?.active;
    return done.outcome === 'ok' && exchange && typeof active === 'boolean' ? { alive: active, exchange } : null;
  }
  const done = await userinfoStep(m.context, token);
  const exchange = lastExchange(m, 'userinfo');
  if (!exchange) return null;
  if (done.outcome === 'ok') return { alive: true, exchange };
  // RFC 6750 §3.1: 401 is an expired, revoked or malformed token; anything else says nothing about its life.
  return exchange.response?.status === 401 ? { alive: false, exchange } : null;
}

/** Spends a refresh token. A refusal that blames the grant is a dead one; any other says nothing. */
export async function spend(m: Measuring, token: TokenState): Promise<Look | null> {
  const done = await refreshStep(m.context, token, token.fate === 'superseded' ? 'reuse-refresh' : undefined);
  const exchange = lastExchange(m, 'refresh');
  if (!exchange) return null;
  if (done.outcome === 'ok') return { alive: true, exchange };
  return done.outcome === 'refused' && done.problem.code === 'invalid_grant' ? { alive: false, exchange } : null;
}

/** Spends a refresh token that works: one that lay about for too long is followed by one of a new sign-in. @returns why there is none */
export async function spendFresh(m: Measuring, question: Question): Promise<{ token: TokenState; look: Look } | string> {
  for (let tries = 0; tries < 2 && !m.over; tries += 1) {
    const token = await m.grant(question);
    if (!token) return m.signInsLeft > 0 ? 'The provider gave no refresh token.' : 'No sign-in was left to get a refresh token by.';
    const look = await m.untilAnswered(() => spend(m, token));
    if (look?.alive) return { token, look };
  }
  return m.over ? 'Stopped before it was known.' : 'The refresh token was refused when it was new.';
}

/** The answered exchange of the last step, if it is of that kind. */
export function lastExchange(m: Measuring, kind: StepKind): Exchange | null {
  const step = m.state.steps.at(-1);
  const recorded = step?.kind === kind ? step.events.findLast((event) => event.type === 'exchange-recorded') : undefined;
  return recorded?.type === 'exchange-recorded' && recorded.exchange.response !== null ? recorded.exchange : null;
}
