import type { Verdict } from '../contract/index.ts';

const MAX = 300;

/** A claim value for a verdict: text as it is, anything else as JSON, cut to a readable length. */
export function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = typeof value === 'string' ? value : jsonText(value);
  return text.length > MAX ? `${text.slice(0, MAX)}… (${text.length} characters)` : text;
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Parsing has no depth limit, writing has one.
    return 'a value nested too deeply to show';
  }
}

type Side = Partial<Pick<Verdict, 'expected' | 'found' | 'explanation'>>;

/** One verdict; members that are `undefined` are left out. */
export function verdict(check: string, section: string, outcome: Verdict['outcome'], { expected, found, explanation }: { [K in keyof Side]: Side[K] | undefined }): Verdict {
  return {
    check, outcome, section,
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
    ...(explanation !== undefined && { explanation }),
  };
}

export const outcomeOf = (passed: boolean): Verdict['outcome'] => (passed ? 'passed' : 'failed');
