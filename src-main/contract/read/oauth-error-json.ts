import type { JsonObject } from './json.ts';
import { isObject, memberOf } from './json.ts';

/** The parts of an error as a body states them, before lengths and foreign markers are dealt with. */
export interface StatedError { error: string | null; description?: string; uri?: string; subcode?: string }

const DESCRIPTIONS = ['error_description', 'errorDescription', 'error_message', 'message', 'error_msg', 'reason', 'errorSummary', 'detail', 'details', 'title', 'description', 'msg', 'errmsg', 'errMsg'];
const SUBCODES = ['error_reason', 'error_subtype', 'code', 'errorCode', 'error_code', 'error_subcode', 'suberror', '__type', 'errcode'];

/**
 * Reads an error out of parsed JSON: the standard members first, then where providers put it instead (an `error` object as
 * Facebook and Google do, a list of `errors`, `message` beside a word in `status`).
 *
 * @param failed the HTTP status was 400 or more, so an object without any known member is an error all the same
 * @returns `null` where the answer states no error
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export function errorInJson(value: unknown, failed: boolean): StatedError | null {
  const object = Array.isArray(value) ? value.find(isObject) : value;
  if (!isObject(object)) return failed && typeof value === 'string' && value !== '' ? { error: codeIn(value), description: value } : null;
  // Some servers fill every member of the token answer, also with the error's text.
  if (!failed && !hasText(object, 'error') && (hasText(object, 'access_token') || hasText(object, 'id_token'))) return null;
  const error = memberOf(object, 'error');
  if (isObject(error)) return nested(error, object);
  if (typeof error === 'string' && error !== '') return stated(object, error);
  const listed = firstOf(memberOf(object, 'errors'));
  if (listed !== null) return withFallback(listed, object);
  const word = wordOfStatus(object);
  if (word !== null) return stated(object, word);
  const says = failed || (error !== undefined && error !== null && error !== false && error !== '') || memberOf(object, 'ok') === false || saysFailure(object);
  if (!says) return null;
  const found = stated(object, null);
  return typeof error === 'number' && found.subcode === undefined ? { ...found, subcode: String(error) } : found;
}

function stated(object: JsonObject, error: string | null): StatedError {
  const description = firstText(object, DESCRIPTIONS);
  const uri = firstText(object, ['error_uri']);
  const subcode = subcodeOf(object, `${error ?? ''} ${description ?? ''}`);
  return { error, ...(description !== undefined && { description }), ...(uri !== undefined && { uri }), ...(subcode !== undefined && { subcode }) };
}

/** `{ "error": { "message", "type", "code" } }`: the word is in `type` (Facebook), `status` (Google's APIs) or `code`. */
function nested(error: JsonObject, around: JsonObject): StatedError {
  const word = firstText(error, ['type', 'error', 'status', 'code', 'name']) ?? null;
  const inside = stated(error, word);
  if (inside.subcode === word) delete inside.subcode;
  return withFallback(inside, around);
}

function withFallback(found: StatedError, around: JsonObject): StatedError {
  const description = found.description ?? firstText(around, DESCRIPTIONS);
  return { ...found, ...(description !== undefined && { description }) };
}

function firstOf(errors: unknown): StatedError | null {
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  if (typeof first === 'string' && first !== '') return { error: codeIn(first), description: first };
  return isObject(first) && Object.keys(first).length > 0 ? stated(first, firstText(first, ['error', 'errorType', 'type', 'status', 'name']) ?? null) : null;
}

/** HubSpot's `{ "status": "BAD_AUTH_CODE", "message": … }`. */
function wordOfStatus(object: JsonObject): string | null {
  const status = memberOf(object, 'status');
  return typeof status === 'string' && /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(status) && hasText(object, 'message') ? status : null;
}

function saysFailure(object: JsonObject): boolean {
  const errcode = memberOf(object, 'errcode');
  if (typeof errcode === 'number' && errcode !== 0) return true;
  const status = memberOf(object, 'status');
  if (typeof status === 'number') return status >= 400 && status < 600 && hasText(object, 'message');
  return typeof status === 'string' && /^(?:error|fail|failed|failure)$/i.test(status);
}

function subcodeOf(object: JsonObject, text: string): string | undefined {
  const microsoft = microsoftCode(text);
  if (microsoft !== undefined) return microsoft;
  const codes = memberOf(object, 'error_codes');
  if (Array.isArray(codes) && (typeof codes[0] === 'number' || typeof codes[0] === 'string')) return `AADSTS${codes[0]}`;
  for (const name of SUBCODES) {
    const value = memberOf(object, name);
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return String(value);
  }
  return undefined;
}

function firstText(object: JsonObject, names: readonly string[]): string | undefined {
  return names.map((name) => memberOf(object, name)).find((value): value is string => typeof value === 'string' && value !== '');
}

function hasText(object: JsonObject, name: string): boolean {
  return firstText(object, [name]) !== undefined;
}

/** Entra's and Azure AD B2C's own numbers, which stand in the text. */
export function microsoftCode(text: string): string | undefined {
  return /\b(?:AADSTS\d{4,8}|AADB2C\d{4,8})\b/.exec(text)?.[0];
}

const CODES = /\b(?:invalid_(?:request|client|grant|scope|token|target|redirect_uri|dpop_proof|request_uri|request_object|client_metadata)|unauthorized_client|unsupported_(?:grant_type|response_type|token_type)|access_denied|insufficient_scope|server_error|temporarily_unavailable|use_dpop_nonce|login_required|consent_required|interaction_required|account_selection_required|request_not_supported|request_uri_not_supported|redirect_uri_mismatch|bad_verification_code|incorrect_client_credentials)\b/;

/** A registered error code that stands somewhere in a text. */
export function codeIn(text: string): string | null {
  return CODES.exec(text)?.[0] ?? null;
}
