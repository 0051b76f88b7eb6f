import type { Exchange } from '../../contract/exchange.ts';
import { headerOf, messageParts } from '../../contract/read/http.ts';
import type { TokenRequest } from './token-request.ts';

/** The `Date` of an answer, milliseconds; null where it is missing or unreadable. */
export function dateOf(exchange: Exchange): number | null {
  if (exchange.response === null) return null;
  const text = headerOf(messageParts(exchange.response.raw.slice(0, exchange.response.headLength)).headers, 'date');
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

export interface Skew {
  /** Server minus us, milliseconds. */
  offset: number;
  /** Half the round trip plus the second that `Date` cuts off. */
  uncertainty: number;
}

/** How far the server's clock is from ours, from one answer. */
export function skewOf(request: TokenRequest): Skew | null {
  if (request.serverTime === null || request.started === null || request.ended === null) return null;
  const trip = Math.max(0, request.ended - request.started);
  return { offset: request.serverTime + 500 - (request.started + trip / 2), uncertainty: trip / 2 + 500 };
}

/** A duration for people: "850 ms", "12 s", "11 min 5 s", "3 h 10 min", "91 days". */
export function duration(milliseconds: number): string {
  const ms = Math.abs(milliseconds);
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.round(seconds / 86_400)} days`;
}
