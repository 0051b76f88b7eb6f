import type { CallbackVerdict, OAuthError } from '../contract/index.ts';
import { valueOf } from '../contract/index.ts';

/** What the answer to the authorization request must carry. */
export interface Expected {
  state?: string;
  issuer?: string;
  /** The metadata promises `iss` in every answer (RFC 9207 §3). */
  issuerRequired: boolean;
  /** `response_mode=form_post` was asked for, so a POST may bring the answer. */
  formPost: boolean;
}

export interface Judgement {
  verdict: CallbackVerdict;
  expected?: string;
  found?: string;
  error?: OAuthError;
  code?: string;
}

/**
 * Judges the parameters of an answer: duplicates, issuer, state, error, then the code. A value is used only when all before it is right.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
export function judgeParameters(parameters: readonly { name: string; value: string }[], expected: Expected): Judgement {
  const names = parameters.map(({ name }) => name);
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) return { verdict: 'duplicate-parameter', found: duplicate };
  const [code, error, state, iss] = ['code', 'error', 'state', 'iss'].map((name) => valueOf(parameters, name));
  if (code === undefined && error === undefined) return { verdict: names.length === 0 ? 'no-parameters' : 'code-missing' };
  const issuer = judgeIssuer(iss, expected);
  if (issuer) return issuer;
  if (expected.state !== undefined && state === undefined) return { verdict: 'state-missing' };
  if (expected.state !== undefined && state !== expected.state) return { verdict: 'state-mismatch', expected: expected.state, found: state ?? '' };
  if (error !== undefined) {
    const [description, uri] = [valueOf(parameters, 'error_description'), valueOf(parameters, 'error_uri')];
    return {
      verdict: 'accepted-error',
      error: { error, foundIn: 'redirect', status: 0, ...(description !== undefined && { description }), ...(uri !== undefined && { uri }) },
    };
  }
  return code === undefined || code === '' ? { verdict: 'code-missing' } : { verdict: 'accepted', code };
}

function judgeIssuer(iss: string | undefined, expected: Expected): Judgement | null {
  if (expected.issuer === undefined) return null;
  if (iss === undefined) return expected.issuerRequired ? { verdict: 'iss-missing', expected: expected.issuer } : null;
  // Compared as strings: another case or a slash more is another issuer (RFC 9207 §2.4).
  return iss === expected.issuer ? null : { verdict: 'iss-mismatch', expected: expected.issuer, found: iss };
}

export interface RequestFacts {
  method: string;
  target: string;
  headers: { host?: string | undefined; origin?: string | undefined; fetchSite?: string | undefined; fetchMode?: string | undefined };
}

/**
 * Judges the request around the parameters: host, method, cross-origin, path. `null` means: read its parameters.
 *
 * @param host the one `Host` that is ours, e.g. `127.0.0.1:51004`
 * @param path the redirect path, compared as the string it is
 */
export function judgeRequest(request: RequestFacts, host: string, path: string, formPost: boolean): CallbackVerdict | null {
  if (request.headers.host?.toLowerCase() !== host || !request.target.startsWith('/')) return 'host';
  if (request.method !== 'GET' && !(request.method === 'POST' && formPost)) return 'method';
  const { fetchMode, fetchSite, origin } = request.headers;
  // The redirect from the provider is a cross-site navigation; a fetch from some page is not a navigation.
  if (fetchMode !== undefined && fetchMode !== 'navigate') return 'cross-origin';
  if (fetchMode === undefined && (fetchSite === 'cross-site' || (origin !== undefined && request.method === 'GET'))) return 'cross-origin';
  return request.target.replace(/[?#].*$/s, '') === path ? null : 'path';
}
