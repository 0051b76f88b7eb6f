import type { Bytes } from '../exchange.ts';
import type { OAuthError } from '../run.ts';
import { challengeParameters } from './challenge.ts';
import { genuine, textOf } from './foreign-text.ts';
import { looksLikeHtml, textOfHtml } from './html-text.ts';
import type { Header } from './http.ts';
import { formParameters, headerOf, queryParameters, utf8Of, valueOf } from './http.ts';
import { parseJson } from './json.ts';
import type { StatedError } from './oauth-error-json.ts';
import { codeIn, errorInJson, microsoftCode } from './oauth-error-json.ts';

export interface Answer {
  status: number;
  headers: readonly Header[];
  /** After content decoding; may be masked. */
  body: Bytes;
}

type Found = StatedError & { foundIn: OAuthError['foundIn'] };

/**
 * Reads the OAuth error out of whatever came back: JSON under any content type, a form, `WWW-Authenticate`, a redirect, a page,
 * plain text or nothing, also where the status is 200. Never throws.
 *
 * @returns `null` where the answer is no error; `error: null` where it is one but names no code
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
export function readOAuthError(answer: Answer): OAuthError | null {
  const failed = answer.status >= 400;
  const text = textOf(answer.body);
  const places = [inJson(text, failed), inForm(text), inChallenge(answer.headers), inLocation(answer), inPage(text, failed), inText(text, failed)];
  // A place that names a code outranks one that only complains: a bare `message` in JSON beside a full WWW-Authenticate.
  const found = places.find((place) => place?.error) ?? places.find((place) => place !== null);
  if (found) return finished(found, answer);
  return failed ? { error: null, foundIn: 'none', status: answer.status } : null;
}

function finished(found: Found, { body, headers, status }: Answer): OAuthError {
  const source = `${body}\n${headers.map(({ value }) => value).join('\n')}`;
  const clean = (value: string, max: number): string => genuine(value, source, max);
  return {
    error: found.error === null ? null : clean(found.error, 500),
    ...(found.description !== undefined && { description: clean(found.description, 4000) }),
    ...(found.uri !== undefined && { uri: clean(found.uri, 2000) }),
    ...(found.subcode !== undefined && { subcode: clean(found.subcode, 200) }),
    foundIn: found.foundIn,
    status,
  };
}

function inJson(text: string, failed: boolean): Found | null {
  if (!/^\s*[{["]/.test(text)) return null;
  // Guards against JSON hijacking that some servers put before their JSON are no JSON: those answers are read as text.
  const error = errorInJson(parseJson(text), failed);
  return error && { ...error, foundIn: 'json' };
}

function inForm(text: string): Found | null {
  const trimmed = text.trim();
  if (!/^[\w.%-]{1,100}=/.test(trimmed) || /[\s<>{}]/.test(trimmed)) return null;
  const parameters = formParameters(trimmed);
  if (valueOf(parameters, 'access_token')) return null;
  return inParameters(parameters, 'form');
}

function inParameters(parameters: readonly { name: string; value: string }[], foundIn: Found['foundIn']): Found | null {
  const error = valueOf(parameters, 'error');
  if (error === undefined || error === '') return null;
  const description = valueOf(parameters, 'error_description');
  const uri = valueOf(parameters, 'error_uri');
  const subcode = microsoftCode(description ?? '') ?? valueOf(parameters, 'error_subcode') ?? valueOf(parameters, 'error_reason');
  return { error, ...(description !== undefined && { description }), ...(uri !== undefined && { uri }), ...(subcode !== undefined && { subcode }), foundIn };
}

function inChallenge(headers: readonly Header[]): Found | null {
  for (const { name, value } of headers) {
    if (name.toLowerCase() !== 'www-authenticate') continue;
    const parameters = [...challengeParameters(utf8Of(value))].map(([key, text]) => ({ name: key, value: text }));
    const found = inParameters(parameters, 'www-authenticate');
    if (found) return found;
  }
  return null;
}

/** A token endpoint has no business redirecting, but some front ends do, with the error in the query or the fragment. */
function inLocation({ status, headers }: Answer): Found | null {
  const location = headerOf(headers, 'location');
  if (location === undefined || status < 300 || status > 399) return null;
  const hash = location.indexOf('#');
  return inParameters(queryParameters(location), 'redirect') ?? (hash === -1 ? null : inParameters(formParameters(location.slice(hash + 1)), 'redirect'));
}

function inPage(text: string, failed: boolean): Found | null {
  if (!looksLikeHtml(text)) return null;
  const page = textOfHtml(text);
  const repeated = page.text === page.title || page.text.startsWith(`${page.title}\n`);
  const said = page.title === '' || repeated ? page.text : [page.title, page.text].filter((part) => part !== '').join('\n');
  return inWords(said, failed, 'html');
}

function inText(text: string, failed: boolean): Found | null {
  const trimmed = text.trim();
  return trimmed === '' || looksLikeHtml(text) || parseJson(trimmed) !== undefined ? null : inWords(trimmed, failed, 'text');
}

/** Of words without structure a registered code is an error at any status, anything else only where the status says so. */
function inWords(said: string, failed: boolean, foundIn: 'html' | 'text'): Found | null {
  const beginning = said.slice(0, 20_000);
  const error = codeIn(beginning);
  if (error === null && !failed) return null;
  const subcode = microsoftCode(beginning);
  return { error, ...(said !== '' && { description: said }), ...(subcode !== undefined && { subcode }), foundIn };
}
