import type { CompareRule } from '../../contract/compare.ts';
import { unreachable } from '../../contract/outcome.ts';
import type { Fact } from '../rows/line.ts';
import { urlDifference } from './url.ts';

/** Seconds are cut off twice on the way from a server's clock to ours. */
export const GRAIN = 2000;

/**
 * How several contents compare under a rule: *same*, *alike* (not the same text, but what the rule looks at agrees) or *different*.
 *
 * @param facts at least one
 */
export function compareFacts(facts: readonly Fact[], rule: CompareRule): 'same' | 'alike' | 'different' {
  const [first, ...rest] = facts as [Fact, ...Fact[]];
  const texts = rest.every(({ text }) => text === first.text);
  const agree = rest.every((fact) => agrees(first, fact, rule));
  if (!agree) return 'different';
  return texts ? 'same' : 'alike';
}

function agrees(a: Fact, b: Fact, rule: CompareRule): boolean {
  switch (rule) {
    case 'value': case 'json': case 'identity': return (a.as ?? a.text) === (b.as ?? b.text);
    case 'url': return urlDifference(a.as ?? a.text, b.as ?? b.text).length === 0;
    case 'set': {
      const [left, right] = [new Set(a.members ?? [a.text]), new Set(b.members ?? [b.text])];
      return left.size === right.size && [...left].every((member) => right.has(member));
    }
    case 'presence': return true;
    case 'shape': return (a.as ?? a.reading) === (b.as ?? b.reading);
    case 'length': return (a.as ?? a.reading) === (b.as ?? b.reading);
    case 'lifetime': case 'duration':
      return a.milliseconds === undefined || b.milliseconds === undefined ? a.milliseconds === b.milliseconds : Math.abs(a.milliseconds - b.milliseconds) <= GRAIN;
    default: return unreachable(rule);
  }
}
