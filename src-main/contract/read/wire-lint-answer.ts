import type { Exchange } from '../exchange.ts';
import { headerOf, messageParts } from './http.ts';
import { readOAuthError } from './oauth-error.ts';
import type { LintFinding } from './wire-lint.ts';

/** What in a token endpoint's answer the specification says otherwise: the server's doing, whatever the request was. */
export function lintAnswer({ purpose, request, response }: Pick<Exchange, 'purpose' | 'request' | 'response'>): LintFinding[] {
  if (purpose !== 'token' || response === null) return [];
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  const error = readOAuthError({ status: response.status, headers, body: response.body });
  const type = headerOf(headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  const findings: LintFinding[] = [];
  const add = (code: string, message: string, section: string, target: LintFinding['target'], weight: LintFinding['weight'] = 'odd'): void => {
    findings.push({ code, blame: 'server', weight, message, section, target });
  };
  if (response.status >= 300 && response.status < 400) add('answer-redirect', 'The token endpoint answers with a redirect. It is not followed: a client that follows it may send its secret elsewhere, or a GET.', 'RFC 9700 §4.12', { part: 'response-status' }, 'wrong');
  if (type !== undefined && type !== 'application/json' && response.body !== '') add('answer-type', 'The answer is not application/json.', 'RFC 6749 §5.1', { part: 'response-header', name: 'Content-Type' });
  if (response.status === 200 && error !== null) add('error-with-200', 'An error comes with status 200: clients that look at the status take it for a success.', 'RFC 6749 §5.2', { part: 'response-status' }, 'wrong');
  if (response.status === 200 && error === null && !/\bno-store\b/i.test(headerOf(headers, 'cache-control') ?? '')) {
    add('tokens-may-be-cached', 'Tokens come without Cache-Control: no-store.', 'RFC 6749 §5.1', { part: 'response-header', ...(headerOf(headers, 'cache-control') !== undefined && { name: 'Cache-Control' }) });
  }
  const basic = /^basic /i.test(headerOf(messageParts(request).headers, 'authorization') ?? '');
  if (error?.error === 'invalid_client' && basic && (response.status !== 401 || headerOf(headers, 'www-authenticate') === undefined)) {
    add('invalid-client-form', 'invalid_client after Basic has to be a 401 with WWW-Authenticate.', 'RFC 6749 §5.2', { part: 'response-status' });
  }
  if (error?.error && error.error !== 'invalid_client' && response.status >= 401 && response.status < 500 && response.status !== 429) add('error-status', `${error.error.replace(/[^\x21-\x7e]/g, '?').slice(0, 60)} comes with ${response.status}, where the specification says 400.`, 'RFC 6749 §5.2', { part: 'response-status' }, 'note');
  return findings;
}

const decoded = /^(?:identity|gzip|x-gzip|br|deflate|zstd)$/i;

/** A content coding that nobody asked for and that is not known here: the body is shown as it came. */
export function lintCoding({ response }: Pick<Exchange, 'response'>): LintFinding[] {
  if (response === null) return [];
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  const codings = (headerOf(headers, 'content-encoding') ?? '').split(',').map((coding) => coding.trim()).filter((coding) => coding !== '' && !decoded.test(coding));
  return codings.length === 0 ? [] : [{
    code: 'content-coding-unknown', blame: 'server', weight: 'wrong', section: 'RFC 9110 §8.4', target: { part: 'response-header', name: 'Content-Encoding' },
    message: `The body is encoded as ${codings.join(', ').replace(/[^\x21-\x7e ]/g, '?').slice(0, 80)}, which nobody asked for and is not known here. It is shown as it came.`,
  }];
}
