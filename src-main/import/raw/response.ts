/** The status line of an answer; unreadable parts become empty. */
export function readResponseHead(line: string): { status: number; reason: string } {
  const match = /^\s*(?:HTTP\/\d(?:\.\d)?|\D*)[ \t]*(\d{3})[ \t]*(.*)$/.exec(line);
  return { status: Number(match?.[1] ?? 0), reason: (match?.[2] ?? '').trim() };
}
