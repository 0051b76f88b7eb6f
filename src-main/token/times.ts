import type { Verdict } from '../contract/index.ts';
import { durationText, readMoment } from '../contract/index.ts';
import { outcomeOf, shown, verdict } from './verdicts.ts';

type Claims = Record<string, unknown>;

/** The instant of the check and how much the clocks may disagree, milliseconds. */
export interface Instant { now: number; tolerance: number }

interface Rule {
  name: string;
  section: string;
  required: boolean;
  expected: string;
  /** Milliseconds by which the rule is broken; zero or below where it holds. */
  excess(at: number): number;
  broken: string;
}

/** The checks of when: `exp`, `iat`, `nbf`, `auth_time`. */
export function checkTimes(claims: Claims, { now, tolerance }: Instant, maxAge: number | undefined): Verdict[] {
  const clock = new Date(now).toISOString();
  const notFuture = { expected: `not after ${clock}`, excess: (at: number) => at - now, broken: 'It lies in the future: the clocks of server and client disagree.' };
  const rules: Rule[] = [
    // RFC 7519 §4.1.4: the current time must be before exp, so the moment itself is too late.
    { name: 'exp', section: 'OIDC Core §3.1.3.7 (9)', required: true, expected: `after ${clock}`, excess: (at) => now - at + 1, broken: 'The token has expired.' },
    { name: 'iat', section: 'OIDC Core §3.1.3.7 (10)', required: true, ...notFuture },
    { name: 'nbf', section: 'RFC 7519 §4.1.5', required: false, ...notFuture, broken: 'The token is not valid yet, or the clocks disagree.' },
    maxAge === undefined
      ? { name: 'auth_time', section: 'OIDC Core §3.1.3.7 (13)', required: false, ...notFuture }
      : { name: 'auth_time', section: 'OIDC Core §3.1.3.7 (13)', required: true, expected: `at most ${maxAge} s before ${clock}`, excess: (at) => Math.max(now - at - maxAge * 1000, at - now), broken: 'The last sign-in does not fit max_age.' },
  ];
  return rules.map((rule) => checkTime(claims, rule, tolerance));
}

function checkTime(claims: Claims, rule: Rule, tolerance: number): Verdict {
  const { name, section, expected } = rule;
  const value = claims[name];
  if (value === undefined) {
    return rule.required ? verdict(name, section, 'failed', { expected, found: 'absent', explanation: 'The claim is required.' })
      : verdict(name, section, 'not-checked', { found: 'absent', explanation: 'The claim is optional here.' });
  }
  const { at, notes } = readMoment(value, name);
  if (typeof value !== 'number' || at === null) return verdict(name, section, 'failed', { expected, found: shown(value), explanation: notes.join(' ') });
  const excess = rule.excess(at);
  const found = new Date(at).toISOString();
  const passed = excess <= tolerance;
  const says = passed ? (excess > 0 ? [`Accepted within the tolerance of ${durationText(tolerance)}.`] : []) : [rule.broken, `By ${durationText(excess)}.`];
  return verdict(name, section, outcomeOf(passed), { expected, found, explanation: [...says, ...notes].join(' ') || undefined });
}
