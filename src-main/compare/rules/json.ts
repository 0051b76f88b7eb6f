/** A JSON value as text in which the order of members no longer shows. Never throws: what is too deep stays as it was written. */
export function canonicalJson(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth > 200) return '"…"';
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one, depth + 1)).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member, depth + 1)}`).join(',')}}`;
}

/** A value as a person reads it: text as it is, everything else as JSON. */
export function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : canonicalShown(value);
}

function canonicalShown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return canonicalJson(value);
  }
}
