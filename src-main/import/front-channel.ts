import type { NewRunEvent, OAuthError } from '../contract/run.ts';
import type { Parameter } from '../contract/read/http.ts';
import { formParameters, headerOf, queryParameters, valueOf } from '../contract/read/http.ts';
import { decodeJwt } from '../contract/read/jwt.ts';
import type { ImportedExchange } from './imported.ts';
import { asksAuthorization, bodyParameters, isRedirect } from './kind.ts';

type Named = Pick<Parameter, 'name' | 'value'>;

/** What has been seen of the front channel, so that one redirect is one event. */
export interface FrontChannel { codes: Set<string>; errors: Set<string>; asked: Set<string>; pushed: Map<string, Named[]> }

export const newFrontChannel = (): FrontChannel => ({ codes: new Set(), errors: new Set(), asked: new Set(), pushed: new Map() });

/** The authorization requests an exchange makes or redirects to, then the callbacks it is or redirects to. */
export function frontChannelEvents(exchange: ImportedExchange, seen: FrontChannel): NewRunEvent[] {
  const events: NewRunEvent[] = [];
  const location = isRedirect(exchange) ? headerOf(exchange.response?.headers ?? [], 'location') : undefined;
  const target = location !== undefined && URL.canParse(location, exchange.url) ? new URL(location, exchange.url).href : undefined;
  const posted = exchange.method === 'POST' ? bodyParameters(exchange) : [];
  if (asksAuthorization(exchange.url)) events.push(...authorization(exchange, exchange.url, seen));
  else if (posted.some(({ name }) => name === 'response_type') && posted.some(({ name }) => name === 'client_id')) events.push(...authorization(exchange, `${exchange.url.split('?')[0] ?? ''}?${new URLSearchParams(posted.map(({ name, value }) => [name, value])).toString()}`, seen));
  if (target !== undefined && asksAuthorization(target)) events.push(...authorization(exchange, target, seen));
  if (!asksAuthorization(exchange.url)) events.push(...callback(exchange, exchange.url, queryParameters(exchange.url), seen));
  if (posted.some(({ name }) => name === 'code' || name === 'error') && posted.some(({ name }) => name === 'state')) events.push(...callback(exchange, exchange.url, posted, seen));
  if (target !== undefined && !asksAuthorization(target)) events.push(...callback(exchange, target, [...queryParameters(target), ...fragment(target)], seen));
  return events;
}

const fragment = (url: string): Named[] => (url.includes('#') ? formParameters(url.slice(url.indexOf('#') + 1)) : []);

function authorization(exchange: ImportedExchange, url: string, seen: FrontChannel): NewRunEvent[] {
  const query = queryParameters(url);
  const key = query.map(({ name, value }) => `${name}=${value}`).sort().join('&');
  if (seen.asked.has(key)) return [];
  seen.asked.add(key);
  const hidden = [...(seen.pushed.get(valueOf(query, 'request_uri') ?? '') ?? []), ...signed(valueOf(query, 'request'))];
  const parameters = [...query, ...hidden.filter(({ name }) => valueOf(query, name) === undefined)].map(({ name, value }) => ({ name, value }));
  const value = (name: string): string | undefined => valueOf(parameters, name);
  const [state, nonce, challenge, method] = [value('state'), value('nonce'), value('code_challenge'), value('code_challenge_method')];
  return [{
    type: 'authorization-requested', step: exchange.id, url, redirectUri: value('redirect_uri') ?? '', parameters,
    ...(state !== undefined && { state }), ...(nonce !== undefined && { nonce }), ...(challenge !== undefined && { codeChallenge: challenge }),
    ...((method === 'S256' || method === 'plain') && { codeChallengeMethod: method }),
  }];
}

/** The claims of a request object (RFC 9101), unverified. */
function signed(request: string | undefined): Named[] {
  if (request === undefined) return [];
  const { claims } = decodeJwt(request);
  return Object.entries(claims ?? {}).filter(([, value]) => typeof value === 'string').map(([name, value]) => ({ name, value: String(value) }));
}

function callback(exchange: ImportedExchange, url: string, parameters: readonly Named[], seen: FrontChannel): NewRunEvent[] {
  const value = (name: string): string | undefined => valueOf(parameters, name);
  const [code, error] = [value('code'), value('error')];
  const marked = ['state', 'iss', 'session_state', 'scope', 'authuser', 'client_info'].some((name) => value(name) !== undefined);
  const hasGrant = value('grant_type') !== undefined || value('client_id') !== undefined || value('code_verifier') !== undefined;
  if (hasGrant || (error === undefined && (code === undefined || (!marked && !/call-?back|redirect|\/cb\b|oauth|code=/i.test(url))))) return [];
  if (error !== undefined && !marked && value('error_description') === undefined) return [];
  const known = code === undefined ? seen.errors : seen.codes;
  const key = code ?? `${error ?? ''} ${value('state') ?? ''}`;
  if (known.has(key)) return [];
  known.add(key);
  const { host, pathname, search } = new URL(url);
  const oauthError: OAuthError | undefined = error === undefined ? undefined : {
    error, foundIn: 'redirect', status: 0,
    ...(value('error_description') !== undefined && { description: value('error_description') as string }),
    ...(value('error_uri') !== undefined && { uri: value('error_uri') as string }),
    ...(value('error_subcode') !== undefined && { subcode: value('error_subcode') as string }),
  };
  return [{
    type: 'callback-received', step: exchange.id, verdict: error === undefined ? 'accepted' : 'accepted-error',
    request: `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`.slice(0, 8192),
    parameters: parameters.map(({ name, value: text }) => ({ name, value: text })), answered: exchange.response?.status ?? 0,
    ...(oauthError && { error: oauthError }),
  }];
}
