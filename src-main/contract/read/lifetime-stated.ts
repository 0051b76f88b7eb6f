import type { Exchange } from '../exchange.ts';
import type { TokenKind } from '../run.ts';
import { durationText } from './clock.ts';
import { headerOf, messageParts } from './http.ts';
import { readTokenResponse } from './token-response.ts';

/** Members that state how long a token lives, by kind of token; the first one present counts. */
export const lifetimeMembers = {
  access_token: ['expires_in', 'expires'],
  refresh_token: ['refresh_expires_in', 'refresh_token_expires_in', 'x_refresh_token_expires_in', 'refresh_token_expires'],
  id_token: ['id_token_expires_in'],
} as const satisfies Record<TokenKind, readonly string[]>;
export type LifetimeMember = (typeof lifetimeMembers)[TokenKind][number];

/** Dates beyond this cannot be written as a date (ECMAScript time value). */
export const LAST_DATE = 8.64e15;

/** A stated duration in milliseconds, or none, and what is to be said about it. */
export interface Stated { member: LifetimeMember; milliseconds: number | null; notes: string[] }

/** The name under which the answer stated the lifetime; the kind's usual name where the answer cannot be read any more. */
export function memberIn(kind: TokenKind, exchange: Exchange | null | undefined): LifetimeMember {
  const names: readonly LifetimeMember[] = lifetimeMembers[kind];
  const usual = names[0] as LifetimeMember;
  if (!exchange?.response) return usual;
  const { headers } = messageParts(exchange.response.raw.slice(0, exchange.response.headLength));
  const read = readTokenResponse(exchange.response.body, headerOf(headers, 'content-type'));
  return (read.ok ? names.find((name) => Object.hasOwn(read.value.members, name)) : undefined) ?? usual;
}

/**
 * Reads a lifetime as an answer stated it. Seconds by the specification; whatever else came is read if it can be, and said.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export function readStated(value: unknown, member: LifetimeMember, kind: TokenKind, now: number): Stated {
  const notes: string[] = [];
  const nothing = (note: string): Stated => ({ member, milliseconds: null, notes: [...notes, note] });
  let seconds: number;
  if (typeof value === 'string' && /^\s*[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})\s*$/.test(value)) {
    notes.push(`${member} is text where a number belongs.`);
    seconds = Number(value);
  } else if (typeof value === 'number') {
    seconds = value;
  } else {
    return nothing(`${member} is ${value === null ? 'null' : typeof value === 'string' ? 'text that is no number' : `no number but ${Array.isArray(value) ? 'a list' : typeof value}`}, so it says nothing.`);
  }
  if (seconds === 0 && kind === 'refresh_token') return nothing(`${member} is 0: some servers (Keycloak for offline tokens) mean "no fixed end" by it.`);
  if (seconds === 0) notes.push(`${member} is 0: taken literally the token has expired on arrival, but some servers mean "never".`);
  if (seconds < 0) notes.push(`${member} is negative: the token had expired before it came.`);
  if (!Number.isInteger(seconds) && Number.isFinite(seconds)) notes.push(`${member} is no whole number of seconds.`);
  if (!(Math.abs(seconds) * 1000 + now <= LAST_DATE)) return nothing(`${member} is too large for any date.`);
  if (looksLikeTime(seconds * 1000, now)) notes.push(`${member} looks like a point in time (${new Date(seconds * 1000).toISOString()}), not like a duration; it was taken as a duration.`);
  else if (looksLikeTime(seconds, now)) notes.push(`${member} looks like a point in time in milliseconds, not like a duration; it was taken as a duration.`);
  else if (seconds > 315_360_000) notes.push(`${member} is ${durationText(seconds * 1000)}, more than ten years.`);
  return { member, milliseconds: seconds * 1000, notes };
}

function looksLikeTime(milliseconds: number, now: number): boolean {
  return Math.abs(milliseconds - now) < 10 * 31_557_600_000;
}

/** A moment in a JWT claim, in epoch milliseconds, and what is to be said about it. */
export interface Moment { at: number | null; notes: string[] }

/**
 * Reads a NumericDate claim: seconds by the specification, milliseconds and text recognised and said.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-2
 */
export function readMoment(value: unknown, name: string): Moment {
  const notes: string[] = [];
  if (value === undefined) return { at: null, notes };
  const isText = typeof value === 'string' && /^\s*-?\d{1,400}(?:\.\d{0,400})?\s*$/.test(value);
  if (isText) notes.push(`${name} is text where a number belongs.`);
  else if (typeof value !== 'number') return { at: null, notes: [`${name} is no number, so it says nothing.`] };
  const number = Number(value);
  // 10^11 seconds are in the year 5138, 10^11 milliseconds in 1973.
  const inMilliseconds = Math.abs(number) >= 1e11 && Math.abs(number) < 1e14;
  if (inMilliseconds) notes.push(`${name} is in milliseconds where seconds belong; a client that reads seconds sees the year ${yearOf(number)}.`);
  const at = inMilliseconds ? number : number * 1000;
  if (!(Math.abs(at) <= LAST_DATE)) return { at: null, notes: [...notes, `${name} is too large for any date.`] };
  if (at <= 0) notes.push(`${name} is ${number}: ${number === 0 ? 'the start of 1970' : 'before 1970'}.`);
  return { at, notes };
}

function yearOf(seconds: number): string {
  const year = Math.round(1970 + seconds / 31_556_952);
  return year.toLocaleString('en', { useGrouping: false });
}
