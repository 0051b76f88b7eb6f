import type { Claim, Finding, Observation, Question } from '../../contract/index.ts';
import { durationText } from '../../contract/index.ts';
import type { Bounds } from './schedule.ts';

/** What looks have shown together. Every "alive" bounds from below, every "dead" from above. */
export function boundsOf(observations: readonly Observation[]): Bounds & { late: boolean; exchanges: string[] } {
  const lived = observations.filter(({ alive }) => alive).toSorted((a, b) => b.age.from - a.age.from)[0];
  const died = observations.filter(({ alive }) => !alive).toSorted((a, b) => a.age.to - b.age.to)[0];
  return {
    atLeast: lived?.age.from ?? null, atMost: died?.age.to ?? null,
    // An early "alive" is a good bound however late it came; a late "dead" is not.
    late: died?.late ?? false,
    exchanges: [lived, died].flatMap((one) => (one ? [one.exchangeId] : [])),
  };
}

const names: Record<Question, string> = {
  'code': 'The authorization code', 'access-token': 'The access token', 'rotation': 'Rotation', 'refresh-idle': 'An unused refresh token',
  'refresh-absolute': 'The grant, however often refreshed,', 'reuse-grace': 'A rotated refresh token',
};

/** Servers count whole seconds, and so does a claim. */
const GRAIN = 1000;

/** What a lifetime came to, held against what is claimed. */
export function lifetimeFinding(question: Question, claimed: Claim | null, observations: readonly Observation[], addition = ''): Finding {
  const { atLeast, atMost, late, exchanges } = boundsOf(observations);
  const claim = claimed === null ? null : claimed.seconds * 1000;
  const verdict = atLeast === null && atMost === null ? 'unknown' : claim === null ? 'measured'
    : atMost !== null && atMost < claim - GRAIN ? 'shorter'
    : atLeast !== null && atLeast > claim + GRAIN ? 'longer'
    : atMost === null && (atLeast ?? 0) < claim - GRAIN ? 'unknown' : 'as-claimed';
  const sentence = `${names[question]} ${rangeText(atLeast, atMost)}${late ? ' (the upper bound comes from a late look)' : ''}${compared(verdict, claimed)}.${addition}`;
  return { question, claimed, atLeast, atMost, verdict, sentence, late, exchanges };
}

function rangeText(atLeast: number | null, atMost: number | null): string {
  if (atLeast === null && atMost === null) return 'could not be measured';
  if (atMost === null) return `still worked after ${text(atLeast ?? 0)}, where we stopped`;
  if (atLeast === null) return `lives no longer than ${text(atMost)}`;
  // Two tokens of one server need not live equally long.
  const [low, high] = [Math.min(atLeast, atMost), Math.max(atLeast, atMost)];
  return text(low) === text(high) ? `lives ${text(low)}` : `lives between ${text(low)} and ${text(high)}`;
}

const text = (milliseconds: number): string => (milliseconds < 20_000 ? `${(milliseconds / 1000).toFixed(1)} s` : durationText(milliseconds));

function compared(verdict: Finding['verdict'], claimed: Claim | null): string {
  if (claimed === null) return ', and nobody states how long it should';
  const stated = `${text(claimed.seconds * 1000)} by ${claimed.from}`;
  switch (verdict) {
    case 'as-claimed': return `, as stated (${stated})`;
    case 'shorter': return `, which is less than stated (${stated})`;
    case 'longer': return `, which is more than stated (${stated})`;
    default: return `; stated is ${stated}`;
  }
}

/** A question that could not be answered, and why. */
export function noFinding(question: Question, claimed: Claim | null, why: string, exchanges: string[] = []): Finding {
  return { question, claimed, atLeast: null, atMost: null, verdict: 'unknown', sentence: why, late: false, exchanges };
}
