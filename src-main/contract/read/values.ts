import { MARKER_OPEN, segmentsOf, formatMarker } from '../marker.ts';
import type { RunEvent } from '../run.ts';
import type { RunState } from './run-state.ts';

/** Where a value stands: what happened to it there, and what to turn to in order to see it. */
export interface ValuePlace { what: 'made' | 'sent' | 'received' | 'sent back' | 'checked'; at: { kind: 'exchange'; id: string } | { kind: 'event'; seq: number } }

/** One value of a Run that goes from step to step. */
export interface FollowedValue {
  /** Stable within the Run, e.g. `state:0`. */
  id: string;
  /** The field's name for it, e.g. `code_verifier`. */
  name: string;
  /** As the window has it: a marker for a secret. */
  text: string;
  /** The value it was made from or belongs to: verifier and challenge. */
  related?: string;
  places: ValuePlace[];
}

/** Shorter ones would be found in everything. */
const SHORTEST = 4;
const MOST_TOKENS = 24;

/**
 * The values that can be followed through a Run: code, state, nonce, PKCE, redirect URI, client, request references and every token, each with all
 * its places in order. Works on masked Runs: equal secrets have equal markers. Never throws.
 */
export function valuesOf(run: RunState): FollowedValue[] {
  const found = new Map<string, FollowedValue>();
  const counts = new Map<string, number>();
  const add = (name: string, text: string | undefined, related?: string): string | undefined => {
    if (text === undefined || text.length < SHORTEST) return undefined;
    const known = found.get(`${name}\0${text}`);
    if (known) return known.id;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const id = `${name}:${count}`;
    found.set(`${name}\0${text}`, { id, name, text, ...(related !== undefined && { related }), places: [] });
    return id;
  };
  for (const asked of run.authorizations) {
    add('state', asked.state);
    add('nonce', asked.nonce);
    const verifier = add('code_verifier', asked.codeVerifier);
    add('code_challenge', asked.codeChallenge, verifier);
    add('redirect_uri', asked.redirectUri);
    add('client_id', asked.parameters.find(({ name }) => name === 'client_id')?.value);
    add('request_uri', asked.requestUri);
  }
  for (const { parameters } of run.callbacks) {
    add('code', parameters.find(({ name }) => name === 'code')?.value);
    add('session_state', parameters.find(({ name }) => name === 'session_state')?.value);
  }
  // A Run of hundreds of refreshes: the first and the last tokens are those somebody asks about.
  const tokens = run.tokens.length <= MOST_TOKENS ? run.tokens : [...run.tokens.slice(0, MOST_TOKENS / 2), ...run.tokens.slice(-MOST_TOKENS / 2)];
  for (const { record } of tokens) add(record.kind, record.value);
  const values = [...found.values()];
  const needles = values.map(({ text }) => needlesOf(text));
  for (const step of run.steps) for (const event of step.events) {
    const place = placeOf(event);
    if (place === null) continue;
    values.forEach((value, index) => {
      const what = whatHappened(event, value, needles[index] ?? []);
      if (what !== null) value.places.push({ what, at: place });
    });
  }
  return values.filter(({ places }) => places.length > 0);
}

/** How a value may be written: as it is, percent-encoded, or by the marker of its secret part alone. */
function needlesOf(text: string): string[] {
  if (!text.includes(MARKER_OPEN)) return [...new Set([text, encodeURIComponent(text.toWellFormed()), encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+')])];
  return segmentsOf(text).flatMap((segment) => ('marker' in segment ? [formatMarker(segment.marker)] : [])).slice(-1);
}

function placeOf(event: RunEvent): ValuePlace['at'] | null {
  switch (event.type) {
    case 'exchange-recorded': return { kind: 'exchange', id: event.exchange.id };
    case 'authorization-requested': case 'callback-received': case 'browser-opened': case 'front-channel-hop': case 'token-checked': return { kind: 'event', seq: event.seq };
    default: return null;
  }
}

function whatHappened(event: RunEvent, { name, text }: FollowedValue, needles: readonly string[]): ValuePlace['what'] | null {
  const stands = (where: string): boolean => needles.some((needle) => where.includes(needle));
  switch (event.type) {
    case 'authorization-requested': return event.codeVerifier === text || stands(event.url) || [event.state, event.nonce, event.redirectUri].includes(text) ? 'made' : null;
    case 'browser-opened': return stands(event.url) ? 'sent' : null;
    case 'front-channel-hop': return stands(event.url) || stands(event.location ?? '') ? 'sent' : null;
    case 'callback-received': return event.parameters.some((parameter) => parameter.value === text) ? (name === 'state' || name === 'client_id' ? 'sent back' : 'received') : null;
    case 'exchange-recorded':
      if (stands(event.exchange.request) || stands(event.exchange.url)) return 'sent';
      return event.exchange.response !== null && stands(event.exchange.response.body) ? 'received' : null;
    case 'token-checked': return event.verdicts.some(({ expected, found }) => expected === text || found === text) ? 'checked' : null;
    default: return null;
  }
}
