import type { Exchange } from '../exchange.ts';
import { headerOf, messageParts } from './http.ts';

/** How far a server's clock is from ours, as one answer shows it. */
export interface ClockSkew {
  /** Server minus us, milliseconds: above zero the server is ahead. */
  offset: number;
  /** The true offset lies within ± this: half the round trip and the second that `Date` cuts off. */
  uncertainty: number;
  /** The server's clock when it answered, milliseconds since 1970. */
  serverTime: number;
  /** Ours at the middle of the round trip, when it most likely was asked. */
  ourTime: number;
}

/** Our wall clock at the middle of the round trip, and half of it, in milliseconds. */
export function midpointOf({ times }: Pick<Exchange, 'times'>): { at: number; half: number } {
  const sent = times.sent ?? times.secured ?? times.connected ?? 0;
  const answered = Math.max(sent, times.firstByte ?? times.ended);
  return { at: times.started + (sent + answered) / 2, half: (answered - sent) / 2 };
}

/** The server's `Date`, milliseconds since 1970, an `Age` added; `null` where it is missing or unreadable. */
export function serverTimeOf({ response }: Pick<Exchange, 'response'>): number | null {
  if (response === null) return null;
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  const time = Date.parse(headerOf(headers, 'date') ?? '');
  if (Number.isNaN(time)) return null;
  // A cache hands on the Date of the original answer and says in Age how long ago that was.
  const age = headerOf(headers, 'age');
  return time + (age !== undefined && /^\d{1,9}$/.test(age) ? Number(age) * 1000 : 0);
}

/**
 * Estimates how far the server's clock is off, from the `Date` of one answer.
 *
 * @returns `null` where the answer states no time
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1
 */
export function clockSkewOf(exchange: Pick<Exchange, 'times' | 'response'>): ClockSkew | null {
  const serverTime = serverTimeOf(exchange);
  if (serverTime === null) return null;
  const { at, half } = midpointOf(exchange);
  return { offset: serverTime - at, uncertainty: half + 1000, serverTime, ourTime: at };
}

/** Whether the clocks disagree by more than the measurement can explain. */
export function isSkewed(skew: ClockSkew): boolean {
  return Math.abs(skew.offset) > skew.uncertainty;
}

/** A duration for people: "850 ms", "12 s", "11 min 5 s", "3 h 10 min", "91 days". The sign is left to the sentence around it. */
export function durationText(milliseconds: number): string {
  const ms = Math.abs(milliseconds);
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.round(seconds / 86_400)} days`;
}
