import type { Finding, MeasurePlan, Question } from '../../src-main/contract/measure.ts';
import { span } from '../format/time.ts';
import type { Tone } from '../format/words.ts';

export const questionNames: Record<Question, string> = {
  'code': 'Limit of the code', 'access-token': 'End of the access token', 'rotation': 'Rotation of refresh tokens',
  'refresh-idle': 'Idle refresh token', 'refresh-absolute': 'Longest life of a grant', 'reuse-grace': 'Grace period for reuse',
};

export const verdictWords: Record<Finding['verdict'], { text: string; tone: Tone }> = {
  'as-claimed': { text: 'As stated', tone: 'ok' }, 'shorter': { text: 'Shorter', tone: 'bad' }, 'longer': { text: 'Longer', tone: 'warn' },
  'measured': { text: 'Measured', tone: 'info' }, 'yes': { text: 'Yes', tone: 'info' }, 'no': { text: 'No', tone: 'info' }, 'unknown': { text: 'Not known', tone: 'quiet' },
};

/** `about 2 min`, `1 min to 3 h`. */
export function spanText({ from, to }: { from: number; to: number }): string {
  const [low, high] = [span(Math.max(1, from)), span(Math.max(1, to))];
  return low === high ? `about ${low}` : `${low} to ${high}`;
}

export function countText({ from, to }: { from: number; to: number }): string {
  return from === to ? String(from) : `${from} to ${to}`;
}

/** What a plan takes altogether; sign-ins are shared between its questions and bounded by the person. */
export function totalOf({ questions, options }: MeasurePlan): { seconds: { from: number; to: number }; signIns: { from: number; to: number }; grants: { from: number; to: number } } {
  const possible = questions.filter(({ impossible }) => impossible === undefined);
  const sum = (of: 'seconds' | 'grants'): { from: number; to: number } => possible.reduce((all, question) => ({ from: all.from + question[of].from, to: all.to + question[of].to }), { from: 0, to: 0 });
  return { seconds: sum('seconds'), grants: sum('grants'), signIns: { from: Math.min(1, options.signIns), to: options.signIns } };
}

/** How long one token is watched at most. */
export const longestChoices = [
  { value: '60', label: '1 minute' }, { value: '600', label: '10 minutes' }, { value: '3600', label: '1 hour' }, { value: '28800', label: '8 hours' },
  { value: '86400', label: '1 day' }, { value: '604800', label: '7 days' }, { value: '2592000', label: '30 days' }, { value: '7776000', label: '90 days' },
] as const;
