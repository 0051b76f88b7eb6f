import type { Unclosed, Words } from './words.ts';

/** Whether a command is written for cmd.exe, as browsers' "copy as cURL (cmd)" does. */
export function isCmd(command: string): boolean {
  return /\^"|\^[ \t]*\r?\n/.test(command.slice(0, 20_000));
}

/**
 * Cuts a cmd.exe command line into words: first the carets go (a caret takes the next character as it is, a caret at the line's end
 * joins lines, a caret before an empty line stands for a line break), then quotes and backslashes as the C runtime reads them.
 * Variables (`%NAME%`) stay literal.
 */
export function cmdWords(text: string, start: number): Words | Unclosed {
  const { line, end } = withoutCarets(text, start);
  const words: string[] = [];
  let word: string | null = null;
  let quoted = false;
  let opened = 0;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] as string;
    if (char === '\\') {
      let count = 1;
      while (line[at + count] === '\\') count += 1;
      const quote = line[at + count] === '"';
      word = (word ?? '') + '\\'.repeat(quote ? Math.floor(count / 2) : count);
      at += count - 1;
      if (quote && count % 2 === 1) { word += '"'; at += 1; }
    } else if (char === '"') {
      if (quoted && line[at + 1] === '"') { word = `${word ?? ''}"`; at += 1; continue; }
      quoted = !quoted;
      opened = at;
      word ??= '';
    } else if (!quoted && (char === ' ' || char === '\t')) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + char;
  }
  if (quoted) return { unclosed: start + opened, quote: '"' };
  if (word !== null) words.push(word);
  return { words, end, warnings: [] };
}

function withoutCarets(text: string, start: number): { line: string; end: number } {
  let line = '';
  let at = start;
  while (at < text.length) {
    const char = text[at] as string;
    if (char === '^') {
      const newline = /^\^[ \t]*\r?\n/.exec(text.slice(at, at + 40));
      if (newline) {
        at += newline[0].length;
        const empty = /^\r?\n/.exec(text.slice(at, at + 2));
        if (empty) { line += '\n'; at += empty[0].length; }
        continue;
      }
      line += text[at + 1] ?? '';
      at += 2;
    } else if (char === '\n' || char === '\r') {
      break;
    } else if (char === '&' && text[at + 1] !== '"' && /^&\s/.test(text.slice(at, at + 2))) {
      const end = text.indexOf('\n', at);
      return { line, end: end === -1 ? text.length : end };
    } else { line += char; at += 1; }
  }
  return { line, end: at };
}
