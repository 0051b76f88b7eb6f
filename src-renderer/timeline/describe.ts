import type { TimelineBar, TimelineMark } from '../../src-main/contract/read/timeline.ts';
import { clockTime, instant, relative } from '../format/time.ts';
import { fateWords, tokenNames } from '../format/words.ts';

export const barNames = { ...tokenNames, code: 'Code', session: 'Session' } as const;

export const markWords: Record<TimelineMark['what'], string> = {
  redeemed: 'redeemed', refreshed: 'used to refresh', reused: 'used again', refused: 'refused', revoked: 'revoked', introspected: 'introspected',
};

/** How a lifetime stands now, in a word or two. */
export function standing(bar: TimelineBar, now: number): { text: string; tone: 'ok' | 'bad' | 'warn' | 'quiet' } {
  if (bar.ending === 'redeemed') return { text: 'redeemed', tone: 'quiet' };
  if (bar.ending === 'logged-out') return { text: 'logged out', tone: 'quiet' };
  if (bar.ending !== null) return { text: fateWords[bar.ending].text.toLowerCase(), tone: bar.ending === 'superseded' ? 'quiet' : 'bad' };
  if (bar.expiresAt === null) return { text: 'end unknown', tone: 'quiet' };
  return bar.expiresAt <= now ? { text: 'expired', tone: 'warn' } : { text: 'live', tone: 'ok' };
}

/** The whole row in words: what the picture shows, for screen readers and as a tip. */
export function inWords(bar: TimelineBar, now: number): string {
  const parts = [`${barNames[bar.kind]}${bar.kind === 'code' || bar.kind === 'session' ? '' : `, generation ${bar.generation}`}: ${standing(bar, now).text}`];
  parts.push(`issued ${clockTime(bar.issuedAt)} (${relative(bar.issuedAt, now)})`);
  parts.push(bar.expiresAt === null ? `end unknown: ${bar.source}` : `ends ${bothTimes(bar.expiresAt)} (${relative(bar.expiresAt, now)}), by ${bar.source}`);
  if (bar.endedAt !== null) parts.push(`${bar.ending} ${clockTime(bar.endedAt)} (${relative(bar.endedAt, now)})`);
  for (const mark of bar.marks) if (mark.what === 'reused' || mark.what === 'refused' || mark.what === 'introspected') parts.push(`${markWords[mark.what]} ${clockTime(mark.at)}`);
  return [...parts, ...bar.contradictions].join('; ');
}

function bothTimes(at: number): string {
  const times = instant(at);
  return times ? `${times.local}, ${times.utc}` : 'beyond any date';
}
