/** A command line cut into words without any shell. `end` is the index after the command. */
export interface Words { words: string[]; end: number; /** What a shell would have replaced or run; it stays as it stands. */ warnings: string[] }

/** Position of quotation marks that are never closed. */
export interface Unclosed { unclosed: number; quote: string }

const ansi: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', e: '\u001b', E: '\u001b', f: '\f', v: '\v', '\\': '\\', "'": "'", '"': '"', '?': '?' };

/**
 * POSIX shell quoting plus `$'…'` as browsers write it. Nothing is expanded or run: `$(…)`, backticks and variables stay literal.
 */
export function shellWords(text: string, start: number): Words | Unclosed {
  const words: string[] = [];
  const warnings: string[] = [];
  let word: string | null = null;
  let at = start;
  const add = (part: string): void => { word = (word ?? '') + part; };
  const close = (): void => { if (word !== null) words.push(word); word = null; };
  while (at < text.length) {
    const char = text[at] as string;
    if (char === "'") {
      const end = text.indexOf("'", at + 1);
      if (end === -1) return { unclosed: at, quote: char };
      add(text.slice(at + 1, end));
      at = end + 1;
    } else if (char === '$' && text[at + 1] === "'") {
      const read = ansiString(text, at + 2);
      if (read === null) return { unclosed: at, quote: "$'" };
      add(read.value);
      at = read.end;
    } else if (char === '"') {
      const read = doubleQuoted(text, at + 1);
      if (read === null) return { unclosed: at, quote: char };
      if (/\$[({A-Za-z_]|`/.test(read.value)) warnings.push('A variable or command stands in double quotes; it was taken literally and not run.');
      add(read.value);
      at = read.end;
    } else if (char === '\\') {
      const next = text[at + 1];
      if (next === '\r' && text[at + 2] === '\n') at += 3;
      else if (next === '\n') at += 2;
      else { add(next ?? ''); at += 2; }
    } else if (char === '\n' || char === '\r') {
      break;
    } else if (char === ';' || char === '|' || (char === '&' && (word === null || /[\s&]/.test(text[at + 1] ?? ' ')))) {
      close();
      warnings.push(`What follows “${char}” is another command; it was left out.`);
      at = endOfLine(text, at);
      break;
    } else if (char === ' ' || char === '\t') { close(); at += 1;
    } else if (char === '#' && word === null) { at = endOfLine(text, at);
    } else {
      if (char === '`' || (char === '$' && /[({A-Za-z_]/.test(text[at + 1] ?? ''))) warnings.push('A variable or command was taken literally and not run.');
      add(char);
      at += 1;
    }
  }
  close();
  return { words, end: at, warnings: [...new Set(warnings)] };
}

export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function doubleQuoted(text: string, start: number): { value: string; end: number } | null {
  let value = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '"') return { value, end: at + 1 };
    if (char === '\\') {
      const next = text[at + 1] ?? '';
      if (next === '\n') at += 1;
      else if ('$`"\\'.includes(next) && next !== '') { value += next; at += 1; } else value += char;
    } else value += char;
  }
  return null;
}

function ansiString(text: string, start: number): { value: string; end: number } | null {
  let value = '';
  let at = start;
  while (at < text.length) {
    const char = text[at] as string;
    if (char === "'") return { value, end: at + 1 };
    if (char !== '\\') { value += char; at += 1; continue; }
    const rest = text.slice(at + 1, at + 11);
    const code = /^(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3}))/.exec(rest);
    if (code) {
      const point = parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16);
      const number = code[4] === undefined ? point : parseInt(code[4], 8);
      value += number <= 0x10ffff ? String.fromCodePoint(number) : '\ufffd';
      at += 1 + code[0].length;
    } else {
      const escaped = rest[0] ?? '';
      value += ansi[escaped] ?? `\\${escaped}`;
      at += 1 + escaped.length;
    }
  }
  return null;
}
