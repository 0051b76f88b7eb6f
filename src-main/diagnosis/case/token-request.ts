import type { Exchange } from '../../contract/exchange.ts';
import type { Header, MessageParts } from '../../contract/read/http.ts';
import { formParameters, headerOf, messageParts, queryParameters, utf8Of } from '../../contract/read/http.ts';
import { readOAuthError } from '../../contract/read/oauth-error.ts';
import type { OAuthError } from '../../contract/run.ts';
import type { Credentials } from './credentials.ts';
import { credentialsOf } from './credentials.ts';

export type BodyFormat = 'form' | 'json' | 'multipart' | 'empty' | 'other';

export interface SentParameter { name: string; value: string; raw: string; place: 'request-body' | 'request-query' }

/** Tokens of an answer; only strings count. */
export interface AnswerTokens { access?: string; refresh?: string; id?: string; scope?: string; refreshExpiresIn?: number }

/** A token request as the server saw it, read once and then only looked at. */
export interface TokenRequest {
  exchange: Exchange;
  step: string;
  /** Order of recording within the Run. */
  order: number;
  /** Wall clock, milliseconds; null where an import had no time. */
  started: number | null;
  ended: number | null;
  headers: Header[];
  contentType: string | undefined;
  body: string;
  format: BodyFormat;
  parameters: SentParameter[];
  credentials: Credentials;
  status: number | null;
  answerHeaders: Header[];
  /** The server's clock in its answer (`Date`), milliseconds. */
  serverTime: number | null;
  error: OAuthError | null;
  tokens: AnswerTokens | null;
}

/** First value of a parameter, wherever it was sent. */
export function sent(request: TokenRequest, name: string): string | undefined {
  return request.parameters.find((parameter) => parameter.name === name)?.value;
}

/** The device flow's answers while the user has not decided yet (RFC 8628 §3.5). */
export const isPending = (error: OAuthError | null): boolean => error?.error === 'authorization_pending' || error?.error === 'slow_down';

/** RFC 8628 §3.4. */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

export function grantTypeOf(request: TokenRequest): string | undefined {
  return sent(request, 'grant_type');
}

/** How servers that are older than the standard, or go their own way, call client_id. */
const ownNames = ['appid', 'app_id', 'client_key', 'clientId'];

/** The client a request speaks for: of the body, else of Basic, else the subject of its assertion. */
export function clientIdOf(request: TokenRequest): string | undefined {
  return sent(request, 'client_id') ?? request.credentials.basic?.id ?? request.credentials.assertion?.subject ?? ownNames.map((name) => sent(request, name)).find((id) => id !== undefined);
}

const emptyMessage: MessageParts = { startLine: '', headers: [], head: '', body: '' };

export function readTokenRequest(exchange: Exchange, step: string, order: number): TokenRequest {
  const { headers, body: bytes } = messageParts(exchange.request);
  const body = utf8Of(bytes);
  const contentType = headerOf(headers, 'content-type');
  const format = formatOf(body, contentType);
  const parameters = [
    ...queryParameters(exchange.url).map((p): SentParameter => ({ name: p.name, value: p.value, raw: p.rawValue, place: 'request-query' })),
    ...bodyParameters(body, format),
  ];
  const { response } = exchange;
  const answer = response === null ? emptyMessage : messageParts(response.raw.slice(0, response.headLength));
  const date = headerOf(answer.headers, 'date');
  const serverTime = date === undefined ? Number.NaN : Date.parse(date);
  // The usual answer in one look; everything else is read with care.
  const granted = response?.status === 200 && /^\s*\{[^{}]*"access_token"\s*:\s*"/.test(response.body) && !response.body.includes('"error"');
  const error = response === null || granted ? null : readOAuthError({ status: response.status, headers: answer.headers, body: response.body });
  return {
    exchange, step, order, headers, contentType, body, format, parameters,
    started: exchange.times.started > 0 ? exchange.times.started : null,
    ended: exchange.times.started > 0 ? exchange.times.started + exchange.times.ended : null,
    credentials: credentialsOf(headers, parameters),
    status: response?.status ?? null,
    answerHeaders: answer.headers,
    serverTime: Number.isNaN(serverTime) ? null : serverTime,
    error,
    tokens: response === null || error !== null || response.status >= 300 ? null : tokensOf(utf8Of(response.body)),
  };
}

function formatOf(body: string, contentType: string | undefined): BodyFormat {
  if (body.trim() === '') return 'empty';
  const type = contentType?.toLowerCase() ?? '';
  if (type.includes('multipart/')) return 'multipart';
  if (/^\s*\{/.test(body)) return 'json';
  return /^[^\s=&]+=/.test(body) ? 'form' : 'other';
}

function bodyParameters(body: string, format: BodyFormat): SentParameter[] {
  if (format === 'form') return formParameters(body).map((p) => ({ name: p.name, value: p.value, raw: p.rawValue, place: 'request-body' }));
  if (format === 'json') return jsonMembers(body);
  if (format === 'multipart') return multipartFields(body);
  return [];
}

function jsonMembers(body: string): SentParameter[] {
  const members = parsed(body);
  return Object.entries(members).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => ({ name, value: String(value), raw: String(value), place: 'request-body' }));
}

function multipartFields(body: string): SentParameter[] {
  return [...body.slice(0, 16_384).matchAll(/content-disposition:\s*form-data;[^\r\n]*?\bname="?([^";\r\n]+)"?[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([\s\S]*?)\r?\n--/gi)]
    .map(([, name = '', value = '']) => ({ name, value, raw: value, place: 'request-body' as const }));
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {};
  } catch {
    return {};
  }
}

const refreshLifetimes = ['refresh_expires_in', 'refresh_token_expires_in', 'x_refresh_token_expires_in', 'refresh_token_expires'];

function tokensOf(body: string): AnswerTokens | null {
  const trimmed = body.trim();
  const members: Record<string, unknown> = trimmed.startsWith('{') ? parsed(trimmed)
    : Object.fromEntries(formParameters(trimmed).map(({ name, value }) => [name, value]));
  const nested = members['authed_user'];
  const source = typeof members['access_token'] === 'string' || typeof nested !== 'object' || nested === null
    ? members : nested as Record<string, unknown>;
  const tokens: AnswerTokens = {};
  if (typeof source['access_token'] === 'string') tokens.access = source['access_token'];
  if (typeof source['refresh_token'] === 'string') tokens.refresh = source['refresh_token'];
  if (typeof source['id_token'] === 'string') tokens.id = source['id_token'];
  if (typeof source['scope'] === 'string') tokens.scope = source['scope'];
  for (const name of refreshLifetimes) {
    const seconds = Number(source[name] ?? Number.NaN);
    if (Number.isFinite(seconds) && seconds > 0) { tokens.refreshExpiresIn = seconds; break; }
  }
  return Object.keys(tokens).length === 0 ? null : tokens;
}
