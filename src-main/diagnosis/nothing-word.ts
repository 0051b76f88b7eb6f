/** What a program writes where it had no value: sent for real, and a fault of its own. */
export function isNothingWord(value: string): boolean {
  return /^(?:undefined|null|none|nil|nan|false|\[object \w+\]|\(null\)|nullptr)$/i.test(value.trim());
}
