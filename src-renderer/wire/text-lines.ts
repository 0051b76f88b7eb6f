/** Characters after which a line goes on in the next row of a long text, at most. */
export const ROW_LENGTH = 200;

/** Characters from which a text is shown row by row, only those that can be seen. */
export const LONG_TEXT = 30_000;

/** A row of a long text: where it begins and ends; `more` where its line goes on below. */
export interface TextRow { start: number; end: number; more: boolean }

/**
 * Cuts a long text into rows of bounded length, at its line breaks and after `length` characters, never inside a masked secret.
 * Joining `text.slice(start, end)` of all rows, with the line breaks between them, gives the text again.
 */
export function textRows(text: string, length = ROW_LENGTH): TextRow[] {
  const rows: TextRow[] = [];
  let at = 0;
  while (at <= text.length) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found;
    while (end - at > length) {
      const cut = cutAt(text, at, end, length);
      if (cut >= end) break;
      rows.push({ start: at, end: cut, more: true });
      at = cut;
    }
    rows.push({ start: at, end, more: false });
    at = end + 1;
  }
  return rows;
}

function cutAt(text: string, start: number, end: number, length: number): number {
  const cut = start + length;
  const open = text.lastIndexOf('\ue0f0', cut);
  if (open >= start) {
    const close = text.indexOf('\ue0f1', open);
    // A marker is short; what only begins like one is cut like other text.
    if (close >= cut && close - open < 60 && close < end) return close + 1;
  }
  const code = text.charCodeAt(cut - 1);
  return code >= 0xd800 && code < 0xdc00 ? cut - 1 : cut;
}
