import type { CompareExplanation, DifferenceClass } from '../contract/compare.ts';
import type { Column } from './input.ts';
import { inWords, listed, namesOf, shortened } from './rows/sentence.ts';

/** One sentence that answers the question a person compares for. */
export function headlineOf(columns: readonly Column[], explanations: readonly CompareExplanation[], counts: Record<DifferenceClass, number>): string {
  const bad = columns.filter(({ outcome }) => outcome === 'refused' || outcome === 'failed');
  const good = columns.filter(({ outcome }) => outcome === 'succeeded');
  const meaningful = counts.meaningful === 0 ? 'nothing that differs is meaningful' : counts.meaningful === 1 ? '1 difference is meaningful' : `${counts.meaningful} differences are meaningful`;
  if (bad.length === 0) {
    if (good.length === columns.length) return `All succeeded; ${meaningful}.`;
    return columns.every(({ run }) => run === null) ? `Settings and metadata side by side: ${meaningful}.` : `${meaningful.replace(/^./, (letter) => letter.toUpperCase())}.`;
  }
  const refused = listed([
    ...worded(bad.filter(({ outcome }) => outcome === 'refused'), 'refused'), ...worded(bad.filter(({ outcome }) => outcome === 'failed'), 'not completed'),
  ]);
  if (good.length === 0) return bad.length === columns.length ? `None succeeded: ${refused}; ${meaningful}.` : `${refused}; ${meaningful}.`;
  const [first] = explanations;
  const opening = `${namesOf(good)} worked, ${refused}`;
  if (first === undefined) return `${opening}. No recorded difference explains it${causeOf(bad)}.`;
  return `${opening}. ${first.cause?.verdict === 'likely' ? 'The reason' : 'What could be the reason'}: ${shortened(inWords(first.text), 240)}`;
}

const worded = (columns: readonly Column[], word: string): string[] => (columns.length === 0 ? [] : [`${namesOf(columns)} ${columns.length > 1 ? 'were' : 'was'} ${word}${errorsOf(columns)}`]);

function errorsOf(bad: readonly Column[]): string {
  const errors = [...new Set(bad.flatMap(({ error }) => (error === null ? [] : [error.error ?? `HTTP ${error.status}`])))];
  return errors.length === 0 ? '' : ` with ${errors.map((error) => shortened(error, 60)).join(' and ')}`;
}

/** What the diagnosis has to say where no difference does. */
function causeOf(bad: readonly Column[]): string {
  const likely = bad.flatMap(({ diagnosis }) => diagnosis?.causes.find(({ verdict }) => verdict === 'likely') ?? []);
  return likely[0] === undefined ? '' : `; the diagnosis says: ${shortened(inWords(likely[0].title), 160)}`;
}
