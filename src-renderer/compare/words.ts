import type { CompareColumn, DifferenceClass } from '../../src-main/contract/compare.ts';
import type { Tone } from '../format/words.ts';

export const differenceWords: Readonly<Record<DifferenceClass, { name: string; explanation: string }>> = {
  meaningful: { name: 'meaningful', explanation: 'Can change what the server answers or what the client gets.' },
  expected: { name: 'expected', explanation: 'Two columns must differ in it: another host, another time, a fresh state.' },
  cosmetic: { name: 'cosmetic', explanation: 'Has no effect: order of scopes, white space, how a header is written.' },
};

export const columnOutcomes: Readonly<Record<CompareColumn['outcome'], { text: string; tone: Tone }>> = {
  succeeded: { text: 'Succeeded', tone: 'ok' }, refused: { text: 'Refused', tone: 'bad' }, failed: { text: 'Failed', tone: 'bad' },
  cancelled: { text: 'Cancelled', tone: 'warn' }, unfinished: { text: 'Not finished', tone: 'info' }, 'not-run': { text: 'Settings only', tone: 'quiet' },
};
