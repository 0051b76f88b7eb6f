import { queryParameters, valueOf } from '../../contract/read/http.ts';
import type { RunState } from '../../contract/read/run-state.ts';
import type { RunEventOf } from '../../contract/run.ts';
import { dateOf } from './time.ts';
import type { TokenRequest } from './token-request.ts';
import { clientIdOf } from './token-request.ts';

/** An authorization request with the parameters that reach the server. */
export interface Authorization {
  entry: string;
  order: number;
  at: number | null;
  url: string;
  parameters: { name: string; value: string }[];
  clientId: string | undefined;
  redirectUri: string | undefined;
  state: string | undefined;
  scope: string | undefined;
  challenge: string | undefined;
  method: string | undefined;
  /** Sent in a body of its own (RFC 9126) and not in a URL. */
  pushed?: true;
}

export interface Callback {
  entry: string;
  order: number;
  at: number | null;
  /** The server's clock when it redirected, where an import recorded that answer. */
  serverTime: number | null;
  raw: string;
  code: string | undefined;
  state: string | undefined;
  iss: string | undefined;
  event: RunEventOf<'callback-received'>;
}

const moment = (at: number): number | null => (at > 0 ? at : null);

export function authorizationsOf(state: RunState): Authorization[] {
  return state.authorizations.map((event) => {
    const fromUrl = queryParameters(event.url).map(({ name, value }) => ({ name, value }));
    const parameters = [...fromUrl, ...event.parameters.filter(({ name }) => !fromUrl.some((known) => known.name === name))];
    const redirectUri = valueOf(parameters, 'redirect_uri') ?? (event.redirectUri === '' ? undefined : event.redirectUri);
    return {
      entry: entryOf(state, event), order: event.seq, at: moment(event.at), url: event.url, parameters, redirectUri,
      clientId: valueOf(parameters, 'client_id'),
      state: valueOf(parameters, 'state') ?? event.state,
      scope: valueOf(parameters, 'scope'),
      challenge: valueOf(parameters, 'code_challenge') ?? event.codeChallenge,
      method: valueOf(parameters, 'code_challenge_method') ?? event.codeChallengeMethod,
    };
  });
}

/** What a pushed authorization request asks for (RFC 9126 §2.1); null for a request of another kind. */
export function pushedAuthorization(request: TokenRequest): Authorization | null {
  if (request.exchange.purpose !== 'par') return null;
  const parameters = request.parameters.map(({ name, value }) => ({ name, value }));
  const value = (name: string): string | undefined => valueOf(parameters, name);
  return {
    entry: request.exchange.id, order: request.order, at: request.started, url: request.exchange.url, parameters, pushed: true,
    clientId: clientIdOf(request), redirectUri: value('redirect_uri'), state: value('state'), scope: value('scope'), challenge: value('code_challenge'), method: value('code_challenge_method'),
  };
}

export function callbacksOf(state: RunState): Callback[] {
  return state.callbacks.map((event) => ({
    entry: entryOf(state, event), order: event.seq, at: moment(event.at), raw: event.request, event,
    serverTime: answerTime(state, event.step),
    code: codeOf(event), state: valueOf(event.parameters, 'state'), iss: valueOf(event.parameters, 'iss'),
  }));
}

/** Imported events carry the exchange they were read from as their step; live ones are named by their number. */
export function entryOf(state: RunState, event: { step: string; seq: number }): string {
  return state.exchanges.has(event.step) ? event.step : `#${event.seq}`;
}

function answerTime(state: RunState, step: string): number | null {
  const exchange = state.exchanges.get(step)?.exchange;
  return exchange ? dateOf(exchange) : null;
}

/**
 * The code as the server meant it. A bare "+" in the query is a space to every form decoder, but codes are base64 and hold no spaces:
 * there the server left out the encoding.
 */
function codeOf(event: RunEventOf<'callback-received'>): string | undefined {
  const decoded = valueOf(event.parameters, 'code');
  if (decoded?.includes(' ') !== true) return decoded;
  const target = /^\S+ (\S+)/.exec(event.request)?.[1] ?? '';
  const raw = queryParameters(target).find(({ name }) => name === 'code')?.rawValue;
  return raw?.includes('+') === true ? decoded.replaceAll(' ', '+') : decoded;
}
