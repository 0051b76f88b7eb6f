import type { DifferenceClass } from '../../contract/compare.ts';
import { durationText } from '../../contract/read/clock.ts';
import type { UrlPart } from '../rules/url.ts';
import { urlDifference, urlPartWords } from '../rules/url.ts';
import type { Fact, Judged, Seen, Spec } from './line.ts';
import { because, contrast, groupsOf, having, listed, namesOf, quoted, shortened, without } from './sentence.ts';

/** Classes one row and gives the reason. A field's own judge comes first, then its classes with the sentence of its rule. */
export function judged(seen: Seen, spec: Spec): Judged {
  const own = spec.judge?.(seen);
  const result = own ?? byRule(seen, spec);
  if (result.difference !== 'meaningful') return { difference: result.difference };
  return { ...result, ...(result.section === undefined && spec.section !== undefined && { section: spec.section }) };
}

function byRule(seen: Seen, spec: Spec): Judged {
  const { why, section } = spec;
  const present = having(seen);
  const absent = without(seen);
  if (present.length === 0) return { difference: null };
  if (absent.length > 0 && spec.missing === 'meaningful') return { difference: 'meaningful', reason: because(missingText(seen), why) };
  const differing = present.length > 1 ? differingOf(seen, spec) : { difference: null };
  if (absent.length > 0 && differing.difference !== 'meaningful') return { difference: strongest(spec.missing, differing.difference) };
  return { ...differing, ...(section !== undefined && { section }) };
}

export function missingText(seen: Seen): string {
  const absent = without(seen);
  return `${namesOf(absent)} ${absent.length > 1 ? 'have' : 'has'} no ${seen.label}, ${namesOf(having(seen))} ${having(seen).length > 1 ? 'have' : 'has'}`;
}

function strongest(...classes: (DifferenceClass | null)[]): DifferenceClass | null {
  return classes.includes('meaningful') ? 'meaningful' : classes.includes('expected') ? 'expected' : classes.includes('cosmetic') ? 'cosmetic' : null;
}

function differingOf(seen: Seen, spec: Spec): Judged {
  if (seen.found === 'same') return { difference: null };
  // Alike under a rule that looks at the content is a matter of writing; under one that does not it is another value, as it must be.
  if (seen.found === 'alike') return { difference: spec.rule === 'set' || spec.rule === 'json' || spec.rule === 'value' || spec.rule === 'identity' ? 'cosmetic' : spec.rule === 'url' ? null : 'expected' };
  if (spec.rule === 'url') return byParts(seen, spec);
  if (spec.differs !== 'meaningful') return { difference: spec.differs };
  return { difference: 'meaningful', reason: because(statementOf(seen, spec), spec.why) };
}

function statementOf(seen: Seen, { rule }: Spec): string {
  switch (rule) {
    case 'set': return setText(seen);
    case 'lifetime': case 'duration': return contrast(seen, ({ milliseconds, text }) => (milliseconds === undefined ? quoted(text) : durationText(milliseconds)));
    case 'shape': case 'length': return contrast(seen, ({ reading, text }) => reading ?? quoted(text));
    case 'identity': return otherValue(seen) ?? contrast(seen);
    default: return contrast(seen);
  }
}

/** Secrets that look alike once they are masked are told apart by nothing but that they are not the same. */
export function otherValue(seen: Seen): string | undefined {
  const groups = groupsOf(seen);
  const alike = new Set(groups.map(({ fact }) => quoted(fact.text))).size < groups.length;
  return alike ? `${seen.label} holds one value in ${listed(groups.map(({ columns }) => namesOf(columns)).slice(0, 1))} and another in ${listed(groups.slice(1).map(({ columns }) => namesOf(columns)))}` : undefined;
}

/** What members are missing where. */
export function setText(seen: Seen): string {
  const missing = missingMembers(seen);
  return missing.length === 0 ? contrast(seen) : missing.map(({ column, members }) => `${column.name} lacks ${shown(members)} in ${seen.label}`).join('; ');
}

export function missingMembers(seen: Seen): { column: Seen['cells'][number]['column']; members: string[] }[] {
  const all = new Set(seen.cells.flatMap(({ fact }) => fact?.members ?? []));
  return seen.cells.flatMap(({ column, fact }) => {
    const own = new Set(fact?.members ?? []);
    const members = [...all].filter((member) => !own.has(member));
    return fact === null || members.length === 0 ? [] : [{ column, members }];
  });
}

const shown = (members: readonly string[]): string => `${listed(members.slice(0, 5).map((member) => shortened(member, 60)))}${members.length > 5 ? ` and ${members.length - 5} more` : ''}`;

/** Parts of an address that two deployments, or two runs on this machine, are bound to differ in. */
const ofDeployment: ReadonlySet<UrlPart> = new Set(['host', 'loopback-port']);

/** Addresses: another host is another deployment, everything else is compared by servers to the letter. */
function byParts(seen: Seen, spec: Spec): Judged {
  const groups = groupsOf(seen);
  const [first, ...rest] = groups;
  const address = (fact: Fact | undefined): string => fact?.as ?? fact?.text ?? '';
  const parts = [...new Set(rest.flatMap(({ fact }) => urlDifference(address(first?.fact), address(fact))))];
  const hostMatters = seen.scene.sameEnvironment && parts.includes('host');
  const telling = parts.filter((part) => !ofDeployment.has(part) || (part === 'host' && hostMatters));
  if (telling.length === 0) return { difference: 'expected' };
  if (spec.differs !== 'meaningful') return { difference: spec.differs };
  return { difference: 'meaningful', reason: because(`${contrast(seen)}; they differ in ${urlPartWords(telling)}`, spec.why) };
}
