import type { Purpose } from '../contract/exchange.ts';
import type { Parameter } from '../contract/read/http.ts';
import { formParameters, queryParameters, utf8Of, valueOf } from '../contract/read/http.ts';
import { isObject, parseJson } from '../contract/read/json.ts';
import type { ImportedExchange } from './imported.ts';

type Named = Pick<Parameter, 'name' | 'value'>;

/** Parameters of a body, whatever its form. */
export function bodyParameters(exchange: ImportedExchange): Named[] {
  const text = utf8Of(exchange.body).trim();
  if (text === '') return [];
  if (text.startsWith('{')) {
    const json = parseJson(text);
    return isObject(json) ? Object.entries(json).filter(([, value]) => typeof value === 'string').map(([name, value]) => ({ name, value: String(value) })) : [];
  }
  if (/^--\S/.test(text)) return [...text.slice(0, 16_384).matchAll(/name="?([^";\r\n]+)"?[^\r\n]*\r?\n(?:[^\r\n]+\r?\n){0,20}\r?\n([\s\S]*?)\r?\n--/g)].map(([, name = '', value = '']) => ({ name, value }));
  return formParameters(text);
}

export const isRedirect = (exchange: ImportedExchange): boolean => exchange.response !== null && exchange.response.status >= 300 && exchange.response.status < 400;

/** Whether a URL asks for an authorization (RFC 6749 §4.1.1), by what it holds and not by its path. */
export function asksAuthorization(url: string): boolean {
  const query = queryParameters(url);
  const has = (name: string): boolean => valueOf(query, name) !== undefined;
  // A token request that was put into the query.
  if (has('grant_type') && (has('code') || has('refresh_token') || has('client_secret'))) return false;
  return has('client_id') && (has('response_type') || has('request_uri') || has('request') || (has('redirect_uri') && /\/(?:oauth|authori[sz]e|auth)/i.test(url)));
}

/**
 * What a request was made for, by its parameters first and its path second.
 *
 * @param before the exchange before it, to follow a redirected token request
 */
export function purposeOf(exchange: ImportedExchange, before: readonly ImportedExchange[]): Purpose {
  const { pathname } = new URL(exchange.url);
  const path = pathname.toLowerCase();
  const body = bodyParameters(exchange);
  const query = queryParameters(exchange.url);
  const has = (name: string): boolean => valueOf(body, name) !== undefined;
  const post = exchange.method === 'POST' || exchange.method === 'PUT';
  if (exchange.method === 'OPTIONS') return 'other';
  if (path.includes('/.well-known/') && /openid-configuration|oauth-authorization-server/.test(path)) return 'discovery';
  if (/\/(?:jwks(?:\.json)?|jwk|keys|certs)$/.test(path)) return 'jwks';
  if (has('grant_type') || (valueOf(query, 'grant_type') !== undefined && !asksAuthorization(exchange.url))) return 'token';
  const asked = (name: string): boolean => valueOf(query, name) !== undefined;
  if (asked('client_secret') && (asked('code') || asked('refresh_token') || asked('fb_exchange_token'))) return 'token';
  if (/introspect/.test(path) && post) return 'introspection';
  if (/revo(?:ke|cation)/.test(path) && (has('token') || post)) return 'revocation';
  if (/userinfo|\/me$/.test(path) && !post) return 'userinfo';
  if (/end[_-]?session|\/logout|sign[_-]?out|\/session\/end/.test(path)) return 'end-session';
  if (post && has('response_type') && has('client_id') && (/\/par\b|pushed/.test(path) || /"request_uri"/.test(exchange.response?.body ?? ''))) return 'par';
  if (post && !has('code') && !has('device_code') && !has('refresh_token') && (/device[_/-]?(?:auth|code)|\/device$/.test(path) || /"device_code"\s*:/.test(exchange.response?.body ?? ''))) return 'device';
  if (looksLikeToken(path) && (post || followsRedirect(exchange, before)) && !asksAuthorization(exchange.url)) return 'token';
  if (post && (has('code') && (has('client_id') || has('code_verifier') || has('redirect_uri') || has('client_secret')))) return 'token';
  if (post && has('refresh_token')) return 'token';
  return 'other';
}

const looksLikeToken = (path: string): boolean => /(?:^|[/._-])(?:access[_-]?tokens?|tokens?|oauth\.v2\.access|bearer)(?:\.oauth2)?\/?$/.test(path);

/** A GET to which a token request was redirected. */
function followsRedirect(exchange: ImportedExchange, before: readonly ImportedExchange[]): boolean {
  const from = before.at(-1);
  if (from === undefined || !isRedirect(from)) return false;
  const location = from.response?.headers.find(({ name }) => name.toLowerCase() === 'location')?.value;
  return location !== undefined && URL.canParse(location, from.url) && new URL(location, from.url).href.split('?')[0] === exchange.url.split('?')[0];
}
