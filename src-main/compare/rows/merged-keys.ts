/** Keys of all columns; one that only a later column has stands behind the key it follows there. */
export function mergedKeys(lists: readonly (readonly string[])[]): string[] {
  const keys: string[] = [];
  for (const own of lists) {
    let after = 0;
    for (const key of own) {
      const known = keys.indexOf(key);
      if (known !== -1) {
        after = Math.max(after, known + 1);
        continue;
      }
      keys.splice(after, 0, key);
      after += 1;
    }
  }
  return keys;
}
