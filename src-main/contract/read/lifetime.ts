import type { ClockReading } from '../commands.ts';
import type { Exchange } from '../exchange.ts';
import type { ClockSkew } from './clock.ts';
import { clockSkewOf, durationText, isSkewed, midpointOf } from './clock.ts';
import { decodeJwt } from './jwt.ts';
import type { LifetimeMember } from './lifetime-stated.ts';
import { memberIn, readMoment, readStated } from './lifetime-stated.ts';
import type { TokenState } from './run-state.ts';

export type LifetimeSource = LifetimeMember | 'exp' | 'unknown';

/** Another place that states an end too, and how far it lies from the one that counts. */
export interface OtherEnd {
  source: Exclude<LifetimeSource, 'unknown'>;
  /** By the server's clock, epoch milliseconds. */
  expiresAt: number;
  /** This end minus the one that counts, milliseconds. */
  by: number;
  /** More than rounding and the measurement of the clocks explain. */
  disagrees: boolean;
}

/** How long a token lives and how that is known. Epoch milliseconds; by the server's clock where its answer states one. */
export interface Lifetime {
  issuedAt?: number;
  /** Absent where nothing states an end. */
  expiresAt?: number;
  source: LifetimeSource;
  /** Whose clock the two moments are by. */
  clock: 'server' | 'ours';
  /** The end by our own clock, which is what a countdown here runs on. */
  expiresAtOurs?: number;
  others: OtherEnd[];
  skew: ClockSkew | null;
  notes: string[];
  /** Our clocks when the token came. */
  received: ClockReading;
}

interface End { source: Exclude<LifetimeSource, 'unknown'>; server: number; ours: number }

/**
 * Where the end of a token comes from: what its answer stated (`expires_in` and kin) or its own `exp`, for an ID token the other way
 * round. Contradictions are kept beside it and said; unknown stays unknown. Takes raw and masked tokens alike. Never throws.
 *
 * @param exchange the answer it came in; without it there is no server clock to compare with
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export function lifetimeOf(token: TokenState, exchange?: Exchange | null): Lifetime {
  const { kind, value, expiresIn } = token.record;
  const skew = exchange ? clockSkewOf(exchange) : null;
  const ourIssue = exchange ? midpointOf(exchange).at : token.receivedAt;
  const serverIssue = skew?.serverTime ?? ourIssue;
  const correction = skew !== null && isSkewed(skew) ? skew.offset : 0;
  const { claims } = decodeJwt(value);
  const [exp, iat] = [readMoment(claims?.['exp'], 'exp'), readMoment(claims?.['iat'], 'iat')];
  const notes = [...exp.notes, ...iat.notes];
  const ends: End[] = [];
  if (exp.at !== null) ends.push({ source: 'exp', server: exp.at, ours: exp.at - correction });
  if (expiresIn !== undefined) {
    const stated = readStated(expiresIn, memberIn(kind, exchange), kind, serverIssue);
    notes.push(...stated.notes);
    if (stated.milliseconds !== null) {
      const end: End = { source: stated.member, server: serverIssue + stated.milliseconds, ours: ourIssue + stated.milliseconds };
      if (kind === 'id_token') ends.push(end);
      else ends.unshift(end);
    }
  }
  if (exp.at !== null && iat.at !== null && exp.at <= iat.at) notes.push('exp is not after iat: the token was never valid.');
  if (skew !== null && isSkewed(skew)) notes.push(`The server's clock is ${durationText(skew.offset)} ${skew.offset > 0 ? 'ahead of' : 'behind'} ours (± ${durationText(skew.uncertainty)}).`);
  const [chosen, ...rest] = ends;
  const tolerance = 2000 + (skew?.uncertainty ?? 1000);
  const others = chosen ? rest.map((end) => otherEnd(end, chosen, tolerance)) : [];
  for (const other of others) {
    if (other.disagrees && chosen) notes.push(`${other.source} ends ${durationText(other.by)} ${other.by > 0 ? 'later' : 'earlier'} than ${chosen.source} says.`);
  }
  return {
    issuedAt: iat.at ?? serverIssue,
    ...(chosen && { expiresAt: chosen.server, expiresAtOurs: chosen.ours }),
    source: chosen?.source ?? 'unknown',
    clock: skew === null && chosen?.source !== 'exp' ? 'ours' : 'server',
    others, skew, notes,
    received: { at: token.receivedAt, mono: token.receivedMono, boot: token.boot },
  };
}

function otherEnd(end: End, chosen: End, tolerance: number): OtherEnd {
  const by = end.server - chosen.server;
  return { source: end.source, expiresAt: end.server, by, disagrees: Math.abs(by) > tolerance };
}

/** What is left of a lifetime at one instant. */
export interface Remaining {
  /** Milliseconds until the end, never negative. */
  left: number;
  /** Milliseconds since the end, 0 while it is not reached. */
  past: number;
  expired: boolean;
  /** `monotonic` within the process that received the token; `wall` after a restart, when only the wall clock links the two. */
  by: 'monotonic' | 'wall';
  /** How far our wall clock has moved against the monotonic one since the token came: set by hand, corrected, or the machine slept. */
  wallMoved: number;
}

/**
 * Counts a lifetime down. Within one process start on the monotonic clock, which nobody can set; in another one on the wall clock.
 *
 * @param clock a reading of the clocks of the process named in it
 * @returns `null` where the end is unknown
 */
export function remaining(lifetime: Lifetime, clock: ClockReading): Remaining | null {
  if (lifetime.expiresAtOurs === undefined) return null;
  const { received } = lifetime;
  const same = received.boot === clock.boot;
  const elapsed = same ? clock.mono - received.mono : clock.at - received.at;
  const milliseconds = lifetime.expiresAtOurs - received.at - elapsed;
  return {
    left: Math.max(0, milliseconds), past: Math.max(0, -milliseconds), expired: milliseconds <= 0,
    by: same ? 'monotonic' : 'wall',
    wallMoved: same ? clock.at - received.at - elapsed : 0,
  };
}
