import type { Bytes } from '../exchange.ts';
import type { Problem, Result } from '../result.ts';
import { fail, ok } from '../outcome.ts';
import { textOf } from './foreign-text.ts';
import { looksLikeHtml } from './html-text.ts';
import { formParameters } from './http.ts';
import { isObject, outlineOfJson, parseJson, withoutProto } from './json.ts';

export interface TokenResponse {
  members: Record<string, unknown>;
  format: 'json' | 'form';
  /** What is odd about an answer that could be read: other content type, members that stand twice. */
  findings: Problem[];
}

/**
 * Reads the members of a token answer: JSON under any content type, else a form as some old servers send.
 *
 * @param body after content decoding; may be masked
 * @param contentType as the header states it
 * @returns a problem with code `empty`, `html`, `truncated`, `not-json` or `not-object`
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export function readTokenResponse(body: Bytes, contentType: string | undefined): Result<TokenResponse> {
  const text = textOf(body).trim();
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (text === '') return fail(problem('empty', 'The answer has no body.', 'A token answer is a JSON object.'));
  if (looksLikeHtml(text)) return fail(problem('html', 'The answer is a web page, not JSON.', 'A login page, a proxy or another URL than the token endpoint answered.'));
  const isJson = type === 'application/json' || type.endsWith('+json');
  if (!/^[{["]/.test(text) && !isJson && /^[\w.%-]{1,100}=\S*$/.test(text)) return ok(asForm(text, type));
  return asJson(text, type, isJson);
}

function asJson(text: string, type: string, isJson: boolean): Result<TokenResponse> {
  const value = parseJson(text);
  const outline = outlineOfJson(text);
  if (value === undefined) {
    return /^[{["]/.test(text) && outline.open
      ? fail(problem('truncated', 'The answer is JSON that ends in the middle.', `It stops after ${text.length} characters.`))
      : fail(problem('not-json', 'The answer is not JSON.', type === '' ? 'It states no content type.' : `Its content type is ${type.slice(0, 100)}.`));
  }
  if (!isObject(value)) return fail(problem('not-object', `The answer is JSON, but ${Array.isArray(value) ? 'a list' : 'a bare value'} instead of an object.`, 'A token answer is a JSON object.'));
  const findings: Problem[] = [];
  if (!isJson) findings.push({ code: 'content-type', message: `The answer is JSON but says ${type === '' ? 'nothing of its type' : type.slice(0, 100)}.`, why: 'RFC 6749 §5.1 asks for application/json; strict clients refuse the answer.' });
  if (outline.duplicates.length > 0) findings.push({ code: 'duplicate-members', message: `These members stand more than once: ${outline.duplicates.slice(0, 10).map((name) => name.slice(0, 60)).join(', ')}.`, why: 'The last one is used here; another client may take the first.' });
  if (Object.hasOwn(value, '__proto__')) findings.push({ code: 'proto-member', message: 'A member is named __proto__; it was left out.' });
  return ok({ members: withoutProto(value), format: 'json', findings });
}

function asForm(text: string, type: string): TokenResponse {
  const members: Record<string, unknown> = {};
  const twice = new Set<string>();
  for (const { name, value } of formParameters(text)) {
    if (Object.hasOwn(members, name)) twice.add(name);
    if (name !== '__proto__') members[name] = value;
  }
  const findings: Problem[] = [{ code: 'form-encoded', message: 'The answer is form-encoded instead of JSON.', why: `RFC 6749 §5.1 asks for JSON.${type === '' ? '' : ` The content type is ${type.slice(0, 100)}.`}`, next: 'Some servers answer in JSON when asked with Accept: application/json.' }];
  if (twice.size > 0) findings.push({ code: 'duplicate-members', message: `These members stand more than once: ${[...twice].slice(0, 10).map((name) => name.slice(0, 60)).join(', ')}.`, why: 'The last one is used here; another client may take the first.' });
  return { members, format: 'form', findings };
}

function problem(code: string, message: string, why: string): Problem {
  return { code, message, why, next: 'Look at the response; check the token endpoint and what stands between you and it.' };
}
