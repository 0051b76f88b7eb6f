import type { CompareRule, DifferenceClass } from '../../contract/compare.ts';
import { durationText } from '../../contract/read/clock.ts';
import { remade } from '../rules/remade.ts';
import { looksVolatile } from '../rules/shape.ts';
import type { Judged, Seen, Spec, Topic } from '../rows/line.ts';
import { because, contrast, having, quoted, without } from '../rows/sentence.ts';

type More = Partial<Omit<Spec, 'rule' | 'topics'>> & { topics?: readonly Topic[] };

const spec = (rule: CompareRule, differs: DifferenceClass, missing: DifferenceClass, more: More = {}): Spec => ({ rule, differs, missing, ...more });

/** Every difference says something. */
export const telling = (rule: CompareRule, more: More = {}): Spec => spec(rule, 'meaningful', 'meaningful', more);
/** Another one each time; only whether it is there says something. */
export const fresh = (more: More = {}): Spec => spec('presence', 'expected', 'meaningful', more);
/** Differs by nature: another host, another time, another person. */
export const byNature = (rule: CompareRule = 'value', more: More = {}): Spec => spec(rule, 'expected', 'expected', more);
/** Has no effect. */
export const outward = (rule: CompareRule = 'value', more: More = {}): Spec => spec(rule, 'cosmetic', 'cosmetic', more);

/** A field no table names: by value, unless everything that stands there looks like an id, a time or a number of its own. */
export function unnamed(rule: CompareRule = 'value', more: More = {}): Spec {
  return telling(rule, { ...more, judge: (seen) => more.judge?.(seen) ?? volatile(seen) });
}

/** `undefined` where the contents are to be compared after all. */
export function volatile(seen: Seen): Judged | undefined {
  const facts = seen.cells.flatMap(({ fact }) => (fact === null ? [] : [fact]));
  if (facts.length < 2 || without(seen).length > 0 || seen.found === 'same') return undefined;
  return facts.every(({ text }) => looksVolatile(text) || text === '') ? { difference: 'expected' } : undefined;
}

/** What says who a person is: another value is meaningful only where the same person signed in everywhere. */
export function personal(seen: Seen): Judged | undefined {
  if (!seen.scene.samePerson) return { difference: having(seen).length > 0 && seen.found !== 'same' ? 'expected' : without(seen).length > 0 ? 'expected' : null };
  return volatile(seen) ?? madeAnew(seen);
}

/** What a server sent that no table names: made anew each time, or the same in another order. Numbers count something within one environment. */
function madeAnew(seen: Seen): Judged | undefined {
  const texts = seen.cells.flatMap(({ fact }) => (fact === null ? [] : [fact.text]));
  if (texts.length < 2 || without(seen).length > 0 || seen.found === 'same') return undefined;
  if (seen.scene.sameEnvironment && texts.every((text) => /^-?\d+(?:\.\d+)?$/.test(text))) return { difference: 'expected' };
  switch (remade(texts)) {
    case 'order': return { difference: 'cosmetic' };
    case 'anew': return { difference: 'expected' };
    default: return undefined;
  }
}

/** Belongs to one registration: another one is expected at another provider or for another client. */
export function ofRegistration(seen: Seen): Judged | undefined {
  if (without(seen).length > 0 || seen.found === 'same') return undefined;
  return seen.scene.sameEnvironment || seen.scene.sameProvider ? undefined : { difference: 'expected' };
}

/** How much longer the longest lives than the shortest, before it says something: some servers choose a lifetime at random within a range. */
const SPREAD = { same: 1.6, other: 1.1 };

/** Lifetimes: meaningful where one lives much longer, with by how much. */
export function lifetimes(why: string): (seen: Seen) => Judged | undefined {
  return (seen) => {
    const times = seen.cells.flatMap(({ fact }) => (fact?.milliseconds === undefined ? [] : [fact.milliseconds]));
    if (without(seen).length > 0 || times.length < 2 || seen.found !== 'different') return undefined;
    const [shortest, longest] = [Math.min(...times), Math.max(...times)];
    const limit = seen.scene.sameEnvironment ? SPREAD.same : SPREAD.other;
    if (shortest > 0 && longest / shortest < limit) return { difference: 'expected' };
    return { difference: 'meaningful', reason: because(contrast(seen, ({ milliseconds, text }) => (milliseconds === undefined ? quoted(text) : durationText(milliseconds))), why) };
  };
}
