/** What replaces `[start, end)` of a text. */
export interface Replacement { start: number; end: number; by: string }

/** Carries out replacements, empty ones left out; where two overlap, both places go and the text of the longer one stands there. */
export function replaceRanges(text: string, replacements: readonly Replacement[]): string {
  if (replacements.length === 0) return text;
  let [result, last] = ['', 0];
  for (const { start, end, by } of apart(replacements)) {
    result += text.slice(last, start) + by;
    last = end;
  }
  return result + text.slice(last);
}

/** The replacements in order, empty ones left out and overlapping ones made one. */
export function apart(replacements: readonly Replacement[]): Replacement[] {
  const result: Replacement[] = [];
  let current: Replacement | undefined;
  for (const next of replacements.filter(({ start, end }) => end > start).toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (current && next.start < current.end) {
      const by: string = next.end - next.start > current.end - current.start ? next.by : current.by;
      current = { start: current.start, end: Math.max(current.end, next.end), by };
    } else {
      if (current) result.push(current);
      current = next;
    }
  }
  return current ? [...result, current] : result;
}
