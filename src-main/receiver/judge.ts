import type { CallbackVerdict, OAuthError } from '../contract/index.ts';
import { decodeJwt, formParameters, queryParameters, utf8Of } from '../contract/index.ts';

/** What the answer to the authorization request must carry. */
export interface Expected {
  /** The `state` that was sent; without it none was sent and none is looked at. */
  state?: string;
  /** The issuer that was asked; without it `iss` is not looked at. */
  issuer?: string;
  /** The metadata promises `iss` in every answer (RFC 9207 §3). */
  issuerRequired: boolean;
  /** `response_mode=form_post` was asked for, so a POST may bring the answer. */
  formPost: boolean;
  /** The answer comes behind the `#`: a GET without an answer gets the page that hands it over, and that page's POST brings it. */
  fragment?: boolean;
  /** The end of a logout: `state` comes back and nothing else has to (OIDC RP-Initiated Logout §3). */
  logout?: boolean;
}

/** The redirect URI as the listener knows it: the `Host` a browser sends for it (`127.0.0.1:51004`), its path as a string, and its origin (`http://` and the host without it). */
export interface Place { host: string; path: string; origin?: string }

/** What is judged of a request. Header values are null where the header is missing; one that stands twice is both, joined by a line break. */
export interface CallbackRequest {
  method: string;
  /** The request target as it came, undecoded. */
  target: string;
  host: string | null;
  origin: string | null;
  fetchSite: string | null;
  fetchMode: string | null;
  fetchDest: string | null;
  /** The body, one character a byte; null where it could not be read (too long, cut off). Empty for GET. */
  body: string | null;
}

export interface Judgement {
  verdict: CallbackVerdict;
  expected?: string;
  found?: string;
  error?: OAuthError;
  code?: string;
}

export interface CallbackParameter { name: string; value: string; rawValue: string }

/**
 * Judges one request to the redirect listener. The order is fixed and a value is used only when all before it is right: host, method,
 * cross-origin, path, readable, duplicates, present at all, issuer, state, error, code. Pure; never throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
 * @see https://www.rfc-editor.org/rfc/rfc9207#section-2.4
 */
export function judgeCallback(request: CallbackRequest, place: Place, expected: Expected): Judgement {
  return judgeRequest(request, place, expected.formPost) ?? judgeParameters(parametersOf(request), expected);
}

/** The parameters where the method puts them; null where the body could not be read. */
export function parametersOf({ method, target, body }: Pick<CallbackRequest, 'method' | 'target' | 'body'>): CallbackParameter[] | null {
  if (method !== 'POST') return queryParameters(target);
  return body === null ? null : formParameters(utf8Of(body));
}

/**
 * Judges what stands around the parameters, so before a body is read.
 *
 * @returns why the request cannot be the answer, or null: read its parameters
 */
export function judgeRequest(request: CallbackRequest, place: Place, formPost: boolean): Judgement | null {
  const { method, target, host, origin, fetchSite, fetchMode, fetchDest } = request;
  if (host?.toLowerCase() !== place.host || !target.startsWith('/')) return { verdict: 'host', expected: place.host, found: target.startsWith('/') ? (host ?? '') : target };
  if (method !== 'GET' && !(method === 'POST' && formPost)) return { verdict: 'method', expected: formPost ? 'POST' : 'GET', found: method };
  // The redirect from the provider is a cross-site navigation of the whole tab. A script, an image or a frame of some page is not.
  if (fetchMode !== null && fetchMode !== 'navigate') return { verdict: 'cross-origin', expected: 'navigate', found: fetchMode };
  if (fetchDest !== null && fetchDest !== 'document') return { verdict: 'cross-origin', expected: 'document', found: fetchDest };
  // Without Sec-Fetch-Mode (no browser, or an old one) an Origin on a GET, or a site that is foreign, can only be a script's.
  if (fetchMode === null && (fetchSite === 'cross-site' || fetchSite === 'same-site' || (origin !== null && method === 'GET'))) {
    return { verdict: 'cross-origin', found: origin ?? fetchSite ?? '' };
  }
  const path = target.replace(/[?#].*$/s, '');
  // As strings: every normalisation is a way for something else to become this path.
  return path === place.path ? null : { verdict: 'path', expected: place.path, found: path };
}

const used = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri'] as const;
const single: readonly string[] = [...used, 'id_token', 'response'];
const compared: readonly string[] = ['code', 'state', 'iss', 'error'];

/** Judges the parameters of an answer: readable, duplicates, present at all, issuer, state, error, then the code. */
export function judgeParameters(parameters: readonly CallbackParameter[] | null, expected: Expected): Judgement {
  if (parameters === null) return { verdict: 'malformed' };
  const broken = parameters.find(({ name, rawValue }) => compared.includes(name) && /%(?![0-9a-f]{2})/i.test(rawValue));
  if (broken) return { verdict: 'malformed', found: broken.name };
  const duplicate = single.find((name) => parameters.filter((parameter) => parameter.name === name).length > 1);
  if (duplicate !== undefined) return { verdict: 'duplicate-parameter', found: duplicate };
  // A parameter without a value counts as left out (RFC 6749 §3.1).
  const [code, state, iss, error, description, uri] = used.map((wanted) => parameters.find(({ name, value }) => name === wanted && value !== '')?.value);
  if (expected.logout) return judgeState(state, expected) ?? { verdict: 'accepted' };
  if ([code, state, iss, error].every((value) => value === undefined)) return { verdict: 'no-parameters' };
  // The hybrid flow's ID token names the issuer itself, and iss is then left out (RFC 9207 §2.4).
  const wrong = judgeIssuer(iss ?? issuerIn(parameters), expected) ?? judgeState(state, expected);
  if (wrong) return wrong;
  if (error !== undefined) {
    return {
      verdict: 'accepted-error',
      error: { error, foundIn: 'redirect', status: 0, ...(description !== undefined && { description }), ...(uri !== undefined && { uri }) },
    };
  }
  return code === undefined ? { verdict: 'code-missing' } : { verdict: 'accepted', code };
}

function issuerIn(parameters: readonly CallbackParameter[]): string | undefined {
  const idToken = parameters.find(({ name }) => name === 'id_token')?.value;
  const iss = idToken === undefined ? undefined : decodeJwt(idToken).claims?.['iss'];
  return typeof iss === 'string' ? iss : undefined;
}

function judgeIssuer(iss: string | undefined, { issuer, issuerRequired }: Expected): Judgement | null {
  if (issuer === undefined) return null;
  if (iss === undefined) return issuerRequired ? { verdict: 'iss-missing', expected: issuer } : null;
  // Compared as strings: another case or a slash more is another issuer (RFC 9207 §2.4).
  return iss === issuer ? null : { verdict: 'iss-mismatch', expected: issuer, found: iss };
}

function judgeState(state: string | undefined, expected: Expected): Judgement | null {
  if (expected.state === undefined) return null;
  if (state === undefined) return { verdict: 'state-missing', expected: expected.state };
  return state === expected.state ? null : { verdict: 'state-mismatch', expected: expected.state, found: state };
}
