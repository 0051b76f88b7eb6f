import type { Finding, RunEvent } from '../../../src-main/contract/index.ts';
import { foldRun } from '../../../src-main/contract/read/run-state.ts';
import { planOf } from '../../../src-main/flow/measure/plan.ts';
import { finishedRun } from './runs.ts';

/** A measurement half way, as the window sees it. */
export function measuringRun(id: string, at: number, mono: number): RunEvent[] {
  const flow = finishedRun(id, at, mono, false).filter(({ type }) => type !== 'flow-ended');
  const exchange = flow.find((event) => event.type === 'exchange-recorded');
  const exchanges = exchange?.type === 'exchange-recorded' ? [exchange.exchange.id] : [];
  const plan = planOf({ questions: ['code', 'access-token', 'rotation', 'refresh-idle', 'reuse-grace'], longest: 3600, signIns: 4 }, { state: foldRun(flow), codeLimit: { seconds: 60, from: 'the practice provider’s setting' } });
  const [common] = flow.slice(-1);
  const known: Finding[] = [
    { question: 'code', claimed: { seconds: 60, from: 'the practice provider’s setting' }, atLeast: 57_100, atMost: 61_000, verdict: 'as-claimed', sentence: 'The authorization code lives between 57 s and 61 s, as stated (60 s by the practice provider’s setting).', late: false, exchanges },
    { question: 'access-token', claimed: { seconds: 120, from: 'expires_in' }, atLeast: 88_000, atMost: 95_000, verdict: 'shorter', sentence: 'The access token lives between 88 s and 95 s (the upper bound comes from a late look), which is less than stated (120 s by expires_in).', late: true, exchanges },
    { question: 'rotation', claimed: null, atLeast: null, atMost: null, verdict: 'yes', sentence: 'Rotation is on: each refresh brings another refresh token.', late: false, exchanges },
  ];
  const more = [
    { type: 'measure-planned' as const, plan },
    ...known.map((finding) => ({ type: 'measure-answered' as const, finding })),
    { type: 'measure-waiting' as const, waiting: { question: 'refresh-idle' as const, subject: 'refresh-0', until: Date.now() + 754_000, what: 'an unused refresh token to end' } },
  ];
  const stamp = { at: common?.at ?? at, mono: common?.mono ?? mono, boot: common?.boot ?? '' };
  return [...flow, ...more.map((event) => ({ ...event, ...stamp }))].map((event, seq) => ({ ...event, seq }));
}

/** A run with so many living tokens, each with an answer of its own. */
export function livelyRun(id: string, at: number, mono: number, count: number): RunEvent[] {
  const flow = finishedRun(id, at, mono, false);
  const recorded = flow.findLast((event) => event.type === 'exchange-recorded' && event.exchange.purpose === 'token');
  const received = flow.findLast((event) => event.type === 'tokens-received');
  if (recorded?.type !== 'exchange-recorded' || received?.type !== 'tokens-received') return flow;
  const [record] = received.tokens;
  if (!record) return flow;
  const more = Array.from({ length: count }, (_none, index): RunEvent[] => [
    { ...recorded, exchange: { ...recorded.exchange, id: `lively-${index}` } },
    { ...received, exchangeId: `lively-${index}`, generation: index, tokens: [{ ...record, id: `token-${index}`, expiresIn: 60 + index }] },
  ]).flat();
  return [...flow, ...more].map((event, seq) => ({ ...event, seq }));
}
