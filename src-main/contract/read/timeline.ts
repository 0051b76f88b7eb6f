import { clockSkewOf, durationText, isSkewed } from './clock.ts';
import { decodeJwt } from './jwt.ts';
import { formParameters, messageParts, valueOf } from './http.ts';
import type { Lifetime, LifetimeSource } from './lifetime.ts';
import { lifetimeOf } from './lifetime.ts';
import { readMoment } from './lifetime-stated.ts';
import type { RunState, TokenFate, TokenState } from './run-state.ts';
import { readTokenResponse } from './token-response.ts';

/** Something that was done with a code or token, at one instant of our clock. */
export interface TimelineMark {
  at: number;
  what: 'redeemed' | 'refreshed' | 'reused' | 'refused' | 'revoked' | 'introspected';
  exchangeId: string;
}

/** One lifetime on the common axis. Times are epoch milliseconds by our own clock, which is what the now-line runs on. */
export interface TimelineBar {
  /** Token id, `code:` and the sequence number of its callback, or `session:` and the id of the ID token that tells of it. */
  id: string;
  kind: 'code' | 'access_token' | 'refresh_token' | 'id_token' | 'session';
  generation: number;
  /** The refresh token it came from. */
  parent: string | null;
  issuedAt: number;
  /** `null` where nothing states an end: unknown stays unknown. */
  expiresAt: number | null;
  /** When we saw it end: redeemed, rotated out, revoked, refused. */
  endedAt: number | null;
  ending: 'redeemed' | 'logged-out' | TokenFate | null;
  /** In words: where the end comes from. */
  source: string;
  marks: TimelineMark[];
  lifetime: Lifetime | null;
  /** Where the statements about its end contradict each other, in sentences. */
  contradictions: string[];
}

/** What is known of the provider beside the Run. */
export interface TimelineFacts { codeLimit?: { seconds: number; from: string } }

const sourceWords: Record<LifetimeSource, string> = {
  expires_in: 'expires_in', expires: 'expires', refresh_expires_in: 'refresh_expires_in', refresh_token_expires_in: 'refresh_token_expires_in',
  x_refresh_token_expires_in: 'x_refresh_token_expires_in', refresh_token_expires: 'refresh_token_expires', id_token_expires_in: 'id_token_expires_in',
  exp: 'exp', unknown: 'not stated',
};

/**
 * All codes and tokens of a Run as lifetimes, in the order they came: code, then each generation with its refresh token first.
 * Works on masked Runs too: equal secrets have equal markers. Never throws.
 */
export function timelineOf(run: RunState, facts: TimelineFacts = {}): TimelineBar[] {
  const uses = usesIn(run);
  const rank = { session: -1, code: 0, refresh_token: 1, access_token: 2, id_token: 3 } as const;
  const tokens = run.tokens.map((token) => tokenBar(run, token, uses));
  return [...sessionBars(run), ...codeBars(run, facts, uses), ...tokens].sort((a, b) => a.issuedAt - b.issuedAt || a.generation - b.generation || rank[a.kind] - rank[b.kind]);
}

interface Use { at: number; exchangeId: string; kind: 'code' | 'refresh_token'; value: string; accepted: boolean }

/** Every token request that spent a code or refresh token. */
function usesIn(run: RunState): Use[] {
  const refused = new Set(run.refusals.map(({ exchangeId }) => exchangeId));
  const granted = new Set(run.tokens.map(({ exchangeId }) => exchangeId));
  return [...run.exchanges.values()].filter(({ exchange }) => exchange.purpose === 'token').flatMap(({ exchange }) => {
    const parameters = formParameters(messageParts(exchange.request).body);
    const at = exchange.times.started;
    return (['code', 'refresh_token'] as const).flatMap((kind) => {
      const value = valueOf(parameters, kind);
      return value === undefined || value === '' ? [] : [{ at, exchangeId: exchange.id, kind, value, accepted: granted.has(exchange.id) && !refused.has(exchange.id) }];
    });
  });
}

function codeBars(run: RunState, { codeLimit }: TimelineFacts, uses: readonly Use[]): TimelineBar[] {
  return run.callbacks.filter(({ verdict }) => verdict === 'accepted').flatMap((callback) => {
    const code = valueOf(callback.parameters, 'code');
    if (code === undefined) return [];
    const mine = uses.filter(({ kind, value }) => kind === 'code' && value === code);
    const redeemed = mine.find(({ accepted }) => accepted);
    return [{
      id: `code:${callback.seq}`, kind: 'code', generation: 0, parent: null, issuedAt: callback.at,
      expiresAt: codeLimit ? callback.at + codeLimit.seconds * 1000 : null,
      endedAt: redeemed?.at ?? null, ending: redeemed ? 'redeemed' : null,
      source: codeLimit?.from ?? 'no limit is known',
      marks: mine.map((use, index) => ({ at: use.at, exchangeId: use.exchangeId, what: use.accepted ? 'redeemed' : index > 0 ? 'reused' : 'refused' })),
      lifetime: null, contradictions: [],
    } satisfies TimelineBar];
  });
}

function tokenBar(run: RunState, token: TokenState, uses: readonly Use[]): TimelineBar {
  const lifetime = lifetimeOf(token, run.exchanges.get(token.exchangeId)?.exchange);
  const ended = token.endedBy === undefined ? undefined : run.exchanges.get(token.endedBy)?.exchange;
  const mine = token.record.kind === 'refresh_token' ? uses.filter(({ kind, value }) => kind === 'refresh_token' && value === token.record.value) : [];
  const first = mine.find(({ accepted }) => accepted);
  const marks: TimelineMark[] = mine.map((use) => ({
    at: use.at, exchangeId: use.exchangeId,
    what: use.accepted && use === first ? 'refreshed' : token.fate === 'superseded' && use !== first ? 'reused' : use.accepted ? 'refreshed' : 'refused',
  }));
  for (const step of run.steps) {
    for (const event of step.events) {
      if (event.type === 'token-introspected' && event.tokenId === token.record.id) marks.push({ at: event.at, exchangeId: event.exchangeId, what: 'introspected' });
      if (event.type === 'token-revoked' && event.tokenId === token.record.id) marks.push({ at: event.at, exchangeId: event.exchangeId, what: 'revoked' });
    }
  }
  const introspected = introspectedEnd(run, token);
  const known = lifetime.expiresAtOurs === undefined ? (introspected ?? measuredEnd(run, token)) : null;
  return {
    id: token.record.id, kind: token.record.kind, generation: token.generation, parent: token.parentToken ?? null,
    // By our clock: a token's own iat may be by another one.
    issuedAt: token.receivedAt, expiresAt: lifetime.expiresAtOurs ?? known?.at ?? null,
    endedAt: token.fate === 'live' ? null : (ended?.times.started ?? null), ending: token.fate === 'live' ? null : token.fate,
    source: known?.source ?? sourceWords[lifetime.source], marks, lifetime, contradictions: contradictionsOf(lifetime, introspected),
  };
}

interface KnownEnd { at: number; source: string }

/** The `exp` that introspection stated, by our clock (RFC 7662 §2.2). */
function introspectedEnd(run: RunState, token: TokenState): KnownEnd | null {
  const events = run.steps.flatMap((step) => step.events);
  const asked = events.findLast((event) => event.type === 'token-introspected' && event.tokenId === token.record.id && event.active === true);
  const exchange = asked?.type === 'token-introspected' ? run.exchanges.get(asked.exchangeId)?.exchange : undefined;
  if (!exchange?.response) return null;
  const read = readTokenResponse(exchange.response.body, 'application/json');
  const { at } = readMoment(read.ok ? read.value.members['exp'] : undefined, 'exp');
  const skew = clockSkewOf(exchange);
  return at === null ? null : { at: at - (skew && isSkewed(skew) ? skew.offset : 0), source: 'introspection' };
}

/** When a measurement saw it dead for the first time. */
function measuredEnd(run: RunState, token: TokenState): KnownEnd | null {
  const died = run.measure?.observations.filter(({ question, subject, alive }) => (question === 'access-token' || question === 'refresh-idle') && subject === token.record.id && !alive).toSorted((a, b) => a.age.to - b.age.to)[0];
  return died ? { at: token.receivedAt + died.age.to, source: 'measured here' } : null;
}

function contradictionsOf(lifetime: Lifetime, introspected: KnownEnd | null): string[] {
  const said = lifetime.others.filter(({ disagrees }) => disagrees).map(({ source, by }) => sentence(source, by, lifetime.source));
  const by = introspected === null || lifetime.expiresAtOurs === undefined ? 0 : introspected.at - lifetime.expiresAtOurs;
  // exp counts whole seconds, and each answer has its own round trip.
  return Math.abs(by) > 2000 + (lifetime.skew?.uncertainty ?? 1000) ? [...said, sentence('introspection', by, lifetime.source)] : said;
}

const sentence = (source: string, by: number, than: string): string => `${source} says ${durationText(by)} ${by > 0 ? 'later' : 'earlier'} than ${than}.`;

/** Claims under which providers tell when their session ends; no specification names one. */
const sessionEnds = ['session_exp', 'sess_exp', 'session_expires_at', 'session_expiry'] as const;

/** The session at the provider, where its first ID token tells of one (`sid` or `auth_time`, OIDC Core §2): since when, and until when if that is told. */
function sessionBars(run: RunState): TimelineBar[] {
  const token = run.tokens.find(({ record }) => record.kind === 'id_token');
  const { claims } = decodeJwt(token?.record.value ?? '');
  if (!token || !claims || (claims['sid'] === undefined && claims['auth_time'] === undefined)) return [];
  const exchange = run.exchanges.get(token.exchangeId)?.exchange;
  const skew = exchange ? clockSkewOf(exchange) : null;
  const ours = (at: number): number => at - (skew && isSkewed(skew) ? skew.offset : 0);
  const since = readMoment(claims['auth_time'], 'auth_time').at;
  const named = sessionEnds.find((name) => claims[name] !== undefined);
  const end = named === undefined ? null : readMoment(claims[named], named).at;
  const loggedOut = run.steps.find(({ kind, outcome }) => kind === 'logout' && outcome === 'ok');
  return [{
    id: `session:${token.record.id}`, kind: 'session', generation: 0, parent: null,
    issuedAt: since === null ? token.receivedAt : ours(since), expiresAt: end === null ? null : ours(end),
    endedAt: loggedOut?.endedAt ?? null, ending: loggedOut ? 'logged-out' : null,
    source: named ?? 'not told by the provider', marks: [], lifetime: null, contradictions: [],
  }];
}
