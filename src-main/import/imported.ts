import type { Header } from '../contract/read/http.ts';
import type { Bytes } from '../contract/exchange.ts';
import type { Problem } from '../contract/result.ts';
import { limits } from './limits.ts';

/** One request and what answered it, from whatever it was read. */
export interface ImportedExchange {
  /** Where it stood, e.g. `log.entries[3]`, `request 1`. */
  id: string;
  method: string;
  url: string;
  headers: Header[];
  body: Bytes;
  response: { status: number; reason: string; headers: Header[]; body: Bytes; cut?: { kept: number; limit: number; counted: 'decoded' } } | null;
  /** Milliseconds since 1970; null where the source has no time. */
  started: number | null;
  /** Milliseconds. */
  duration: number;
  /** Why there is no answer, as the source tells it. */
  failure?: string;
}

/** A remark about something that could not be read; `field` says where it stands (`log.entries[3].request.url`, `line 12`). */
export type Remark = Problem;

/** Adds a remark while there is room for one; `make` is not called otherwise, as finding a line number takes time. */
export function note(remarks: Remark[], make: () => Remark): void {
  if (remarks.length < limits.problems) remarks.push(make());
}

export const remark = (code: string, message: string, field: string, next?: string): Remark => ({ code, message, field, ...(next !== undefined && { next }) });
