/** A piece of a value; `differs` where the other value has something else (or nothing) in its place. */
export interface Piece { text: string; differs: boolean }

/** Longest values that are compared character by character; the table of the comparison grows with their product. */
const LONGEST = 600;

/**
 * Two values cut into what they share and what not, for showing them one above the other. Masked secrets are one character:
 * they are equal or they are not.
 *
 * @returns `null` where they are equal, or too long to compare by character
 */
export function comparePair(a: string, b: string): [Piece[], Piece[]] | null {
  if (a === b) return null;
  const [left, right] = [charactersOf(a), charactersOf(b)];
  if (left.length > LONGEST || right.length > LONGEST) return null;
  const common = longestCommon(left, right);
  // Two values with little in common are read better whole than as confetti.
  if (common.length * 2 < Math.max(left.length, right.length)) return [[{ text: a, differs: true }], [{ text: b, differs: true }]];
  return [piecesOf(left, new Set(common.map(([at]) => at))), piecesOf(right, new Set(common.map(([, at]) => at)))];
}

function charactersOf(text: string): string[] {
  return text.match(/\ue0f0[^\ue0f1]*\ue0f1|[\s\S]/gu) ?? [];
}

/** Positions of a longest common subsequence (Wagner and Fischer's table, from the end). */
function longestCommon(a: readonly string[], b: readonly string[]): [number, number][] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (row: number, column: number): number => table[row]?.[column] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) (table[i] as Uint16Array)[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) { pairs.push([i, j]); i += 1; j += 1; } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}

function piecesOf(characters: readonly string[], shared: ReadonlySet<number>): Piece[] {
  const pieces: Piece[] = [];
  characters.forEach((character, index) => {
    const differs = !shared.has(index);
    const last = pieces.at(-1);
    if (last?.differs === differs) last.text += character;
    else pieces.push({ text: character, differs });
  });
  return pieces;
}
