import type { CauseVerdict, ReplayLabel } from '../../src-main/contract/diagnosis.ts';
import type { Tone } from '../format/words.ts';

export const verdictWords: Record<CauseVerdict, { text: string; plural: string; tone: Tone; explanation: string }> = {
  likely: { text: 'Likely', plural: 'Likely', tone: 'bad', explanation: 'Evidence speaks for it.' },
  possible: { text: 'Possible', plural: 'Possible', tone: 'warn', explanation: 'It fits the answer; nothing recorded decides it.' },
  'ruled-out': { text: 'Ruled out', plural: 'Ruled out', tone: 'ok', explanation: 'Values in this run decide against it.' },
  unknowable: { text: 'Cannot be known', plural: 'Cannot be known from here', tone: 'quiet', explanation: 'Only the provider can tell.' },
};

export const replayWords: Record<ReplayLabel, { text: string; tone: Tone }> = {
  'safe-to-repeat': { text: 'Safe to repeat', tone: 'ok' },
  'spends-the-grant': { text: 'Spends the grant', tone: 'warn' },
  'may-end-the-session': { text: 'May end the session', tone: 'bad' },
};
