import type { OAuthError, RunEvent } from '../../contract/run.ts';
import type { Exchange } from '../../contract/exchange.ts';
import { messageParts, utf8Of } from '../../contract/read/http.ts';
import { readOAuthError } from '../../contract/read/oauth-error.ts';
import type { RunState } from '../../contract/read/run-state.ts';
import { foldRun } from '../../contract/read/run-state.ts';
import type { CauseId } from '../cause-ids.ts';
import type { Recognised } from '../knowledge/recognise.ts';
import { recognise } from '../knowledge/recognise.ts';
import type { Ledger } from '../ledger.ts';
import { isReadable } from '../placeholder.ts';
import type { Authorization, Callback } from './front-channel.ts';
import { authorizationsOf, callbacksOf, entryOf, pushedAuthorization } from './front-channel.ts';
import { alteration } from '../diff/alteration.ts';
import type { Skew } from './time.ts';
import { skewOf } from './time.ts';
import type { TokenRequest } from './token-request.ts';
import { grantTypeOf, isPending, readTokenRequest, sent } from './token-request.ts';

export interface DiagnoseOptions {
  ledger?: Ledger;
  /** Id of resources/providers, where the environment names its provider. */
  provider?: string;
  /** The refusal to explain, the id of its exchange or `#seq` of a callback with an error; without it the last one. */
  exchangeId?: string;
}

/** One thing the provider said, as weight for a cause. */
export interface Said { weight: number; text: string; source?: string; specific: boolean }

/** A refused request with everything recorded around it. Built once a diagnosis, read by every cause. */
export interface Case {
  state: RunState;
  error: OAuthError;
  /** Null where the refusal came to the redirect URI; for kind `authorize` a refused pushed or device authorization request. */
  request: TokenRequest | null;
  entry: string;
  kind: 'code' | 'refresh' | 'authorize' | 'other';
  /** Token requests recorded before the refused one, oldest first. */
  before: TokenRequest[];
  /** Every other token request of the Run, also those that overlap with it. */
  others: TokenRequest[];
  /** Exchanges of other purposes before the refusal. */
  surroundings: { exchange: Exchange; order: number; at: number }[];
  authorizations: Authorization[];
  callbacks: Callback[];
  /** The authorization request the grant comes from, as far as that is known. */
  authorization: Authorization | null;
  /** The callback that brought the code. */
  callback: Callback | null;
  /** The token request whose answer held the refused refresh token. */
  origin: TokenRequest | null;
  metadata: Record<string, unknown>;
  skew: Skew | null;
  recognised: Recognised | null;
  ledger: Ledger | null;
  said: Map<CauseId, Said[]>;
  /** Causes a known order of checks has cleared, with the source of that order. */
  cleared: Map<CauseId, { text: string; source: string }>;
  /** Answers that several causes ask for, found once; nothing else of a case changes after it is built. */
  memo: { sameClient?: TokenRequest[]; usesOfRefreshToken?: Map<string, TokenRequest[]> };
}

interface Refused { error: OAuthError; exchangeId: string | null; entry: string; /** A refused pushed or device authorization request. */ asking?: TokenRequest }

export function buildCase(events: readonly RunEvent[], options: DiagnoseOptions): Case | null {
  const state = foldRun(events);
  const requests = new Map<string, TokenRequest>();
  const surroundings: Case['surroundings'] = [];
  const steps = new Map(state.steps.map((step) => [step.id, step]));
  let order = 0;
  for (const { exchange, step, at } of state.exchanges.values()) {
    order += 1;
    // A made-up code is no part of any grant's story; what its answer proves is added by probe-evidence.ts.
    if (steps.get(step)?.probe === 'client-check') continue;
    if (exchange.purpose === 'token') requests.set(exchange.id, readTokenRequest(exchange, step, order));
    else surroundings.push({ exchange, order, at });
  }
  const refused = refusalOf(state, requests, options.exchangeId) ?? refusedAsking(state, surroundings, options.exchangeId);
  if (refused === null) return null;
  const request = refused.asking ?? (refused.exchangeId === null ? null : requests.get(refused.exchangeId) ?? null);
  const all = [...requests.values()];
  const others = all.filter((other) => other !== request);
  const before = request === null ? [] : others.filter((other) => other.order < request.order);
  const grantType = request === null ? undefined : grantTypeOf(request);
  const pushed = refused.asking === undefined ? null : pushedAuthorization(refused.asking);
  const authorizations = pushed === null ? authorizationsOf(state) : [...authorizationsOf(state), pushed];
  const callbacks = callbacksOf(state);
  const kind = refused.asking === undefined ? kindOf(request, grantType) : 'authorize';
  const origin = request === null ? null : originOf(request, before);
  const callback = refused.asking === undefined ? callbackFor(kind === 'refresh' ? firstCodeRequest(origin, before) : request, callbacks) : null;
  const metadata = state.metadata?.metadata ?? {};
  const answer = request?.exchange.response ? utf8Of(request.exchange.response.body).slice(0, 20_000) : (refused.error.description ?? '');
  const issuer = metadata['issuer'];
  return {
    state, request, kind, before, others, authorizations, callbacks, callback, origin, metadata,
    error: refused.error, entry: refused.entry,
    surroundings: request === null ? surroundings : surroundings.filter((other) => other.order < request.order),
    authorization: refused.asking === undefined ? authorizationFor(callback, authorizations) : pushed,
    skew: request === null ? null : skewOf(request),
    recognised: recognise({
      urls: [...(request ? [request.exchange.url] : []), ...authorizations.slice(-1).map(({ url }) => url), ...(typeof issuer === 'string' ? [issuer] : [])],
      answer, ...(options.provider !== undefined && { id: options.provider }),
    }),
    ledger: options.ledger ?? null,
    said: new Map(), cleared: new Map(), memo: {},
  };
}

function refusalOf(state: RunState, requests: ReadonlyMap<string, TokenRequest>, wanted: string | undefined): Refused | null {
  if (wanted?.startsWith('#')) {
    const callback = state.callbacks.find(({ seq, error }) => error !== undefined && `#${seq}` === wanted);
    return callback?.error ? { error: callback.error, exchangeId: null, entry: entryOf(state, callback) } : null;
  }
  // What a probe or a repetition was answered is explained only when asked for.
  const asked = new Set(state.steps.filter(({ kind }) => kind === 'probe' || kind === 'resend').map(({ id }) => id));
  const all = [...requests.values()];
  // Waiting for the user is no refusal (RFC 8628 §3.5), unless nothing else came of it.
  const waited = all.some((request) => !isPending(request.error) && (request.tokens !== null || hasFailed(request)));
  const recorded = wanted === undefined ? state.refusals.findLast(({ error }) => !waited || !isPending(error)) : state.refusals.findLast(({ exchangeId }) => exchangeId === wanted);
  const failing = all.findLast((request) => (wanted === undefined ? !asked.has(request.step) && (!waited || !isPending(request.error)) : request.exchange.id === wanted) && hasFailed(request));
  const later = recorded === undefined || (failing?.order ?? 0) > (requests.get(recorded.exchangeId)?.order ?? 0);
  if (recorded && !later) return { error: recorded.error, exchangeId: recorded.exchangeId, entry: recorded.exchangeId };
  if (failing) return { error: failing.error ?? { error: null, foundIn: 'none', status: failing.status ?? 0 }, exchangeId: failing.exchange.id, entry: failing.exchange.id };
  if (wanted !== undefined) return null;
  const callback = state.callbacks.findLast(({ error }) => error !== undefined);
  return callback?.error ? { error: callback.error, exchangeId: null, entry: entryOf(state, callback) } : refusedPage(state);
}

/** The last pushed (RFC 9126 §2.3) or device (RFC 8628 §3.2) authorization request that was refused. */
function refusedAsking(state: RunState, surroundings: Case['surroundings'], wanted: string | undefined): Refused | null {
  const found = surroundings.findLast(({ exchange }) => (exchange.purpose === 'par' || exchange.purpose === 'device') && (wanted === undefined || exchange.id === wanted) && (exchange.response?.status ?? 0) >= 400);
  if (found === undefined) return null;
  const asking = readTokenRequest(found.exchange, state.exchanges.get(found.exchange.id)?.step ?? '', found.order);
  return asking.error === null ? null : { error: asking.error, exchangeId: found.exchange.id, entry: found.exchange.id, asking };
}

/** Faults of client_id and redirect_uri are shown on a page of the server and never reach the redirect URI (RFC 6749 §4.1.2.1). */
function refusedPage(state: RunState): Refused | null {
  const steps = new Set(state.authorizations.map(({ step }) => step));
  const page = [...state.exchanges.values()].findLast(({ exchange }) => steps.has(exchange.id) && (exchange.response?.status ?? 0) >= 400)?.exchange;
  if (!page?.response) return null;
  const { headers } = messageParts(page.response.raw.slice(0, page.response.headLength));
  const error = readOAuthError({ status: page.response.status, headers, body: page.response.body });
  return error === null ? null : { error, exchangeId: null, entry: page.id };
}

/** Answered, but with neither tokens nor a readable refusal; a page with status 200 is no answer of a token endpoint. A request without any answer is a failure of the network. */
function hasFailed(request: TokenRequest): boolean {
  return request.error !== null || (request.status !== null && request.tokens === null && (request.status >= 300 || /^\s*<(?:!doctype\s+html|html)\b/i.test(request.exchange.response?.body ?? '')));
}

function kindOf(request: TokenRequest | null, grantType: string | undefined): Case['kind'] {
  if (request === null) return 'authorize';
  if (grantType === 'refresh_token') return 'refresh';
  if (grantType === 'authorization_code') return 'code';
  if (sent(request, 'code') !== undefined) return 'code';
  return sent(request, 'refresh_token') === undefined ? 'other' : 'refresh';
}

function originOf(request: TokenRequest, before: readonly TokenRequest[]): TokenRequest | null {
  const token = sent(request, 'refresh_token');
  if (token === undefined) return null;
  const exact = before.findLast((earlier) => earlier.tokens?.refresh === token);
  // A value the server took before is whole: a similar one in an answer is its successor and not its original.
  if (exact !== undefined || before.some((earlier) => earlier.tokens !== null && sent(earlier, 'refresh_token') === token)) return exact ?? null;
  return before.findLast((earlier) => earlier.tokens?.refresh !== undefined && isReadable(token) && alteration(earlier.tokens.refresh, token) !== null)
    ?? null;
}

function firstCodeRequest(origin: TokenRequest | null, before: readonly TokenRequest[]): TokenRequest | null {
  let current = origin;
  for (let depth = 0; current !== null && depth < 50; depth += 1) {
    if (sent(current, 'code') !== undefined) return current;
    const parent: TokenRequest = current;
    current = originOf(parent, before.filter((earlier) => earlier.order < parent.order));
  }
  return null;
}

function callbackFor(request: TokenRequest | null, callbacks: readonly Callback[]): Callback | null {
  const withCode = callbacks.filter(({ code }) => code !== undefined);
  const code = request === null ? undefined : sent(request, 'code');
  if (code === undefined) return withCode.at(-1) ?? null;
  return withCode.findLast((callback) => callback.code === code)
    ?? withCode.findLast((callback) => alteration(callback.code as string, code) !== null)
    ?? withCode.at(-1) ?? null;
}

function authorizationFor(callback: Callback | null, authorizations: readonly Authorization[]): Authorization | null {
  const earlier = callback === null ? authorizations : authorizations.filter(({ order }) => order < callback.order);
  const sameState = callback?.state === undefined ? undefined : earlier.findLast(({ state }) => state === callback.state);
  return sameState ?? earlier.at(-1) ?? authorizations.at(-1) ?? null;
}
