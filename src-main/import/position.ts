/** Where a character stands, both counted from 1: `line 3, column 14`. */
export function positionOf(text: string, at: number): string {
  return `line ${lineOf(text, at)}, column ${at - text.lastIndexOf('\n', at - 1)}`;
}

export function lineOf(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
