import type { Bytes } from '../contract/index.ts';

/** Characters beyond ASCII that survive a clipboard and a terminal unchanged: letters, digits, punctuation, symbols. */
const VISIBLE = /^[\p{L}\p{N}\p{P}\p{S}]$/u;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes cut into what can be written as text and what has to be written as numbers. */
export function* charactersOf(bytes: Bytes): Generator<{ text: string } | { byte: number }> {
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes.charCodeAt(at);
    if (code < 0x80) {
      yield code >= 0x20 && code < 0x7f ? { text: bytes[at] as string } : { byte: code };
      continue;
    }
    const length = code >= 0xf0 ? 4 : code >= 0xe0 ? 3 : 2;
    const text = decodedOrNull(bytes.slice(at, at + length));
    if (text !== null && VISIBLE.test(text)) {
      yield { text };
      at += length - 1;
    } else yield { byte: code };
  }
}

function decodedOrNull(bytes: Bytes): string | null {
  try {
    return utf8.decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** Whether bytes can stand in single quotes on one line, as they are. */
export function isPlainText(bytes: Bytes): boolean {
  for (const character of charactersOf(bytes)) if ('byte' in character) return false;
  return true;
}

const textOf = (bytes: Bytes): string => [...charactersOf(bytes)].map((c) => ('text' in c ? c.text : '')).join('');
const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;

/** One word for sh. Only for bytes that {@link isPlainText}. */
export function singleQuoted(bytes: Bytes): string {
  return `'${textOf(bytes).replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * A format for the builtin `printf`, without its quotes: every byte, NUL included. A reader needs no shell knowledge to see
 * that nothing in it is active: it stands in single quotes and holds none.
 */
export function printfFormat(bytes: Bytes): string {
  let format = '';
  for (const character of charactersOf(bytes)) {
    if ('byte' in character) format += character.byte === 10 ? String.raw`\n` : octal(character.byte);
    else if (character.text === '%') format += '%%';
    else format += /['\\!]/.test(character.text) ? octal(character.text.charCodeAt(0)) : character.text;
  }
  return format;
}

const configEscapes: Readonly<Record<number, string>> = { 9: 't', 10: 'n', 11: 'v', 13: 'r' };

/**
 * The inside of a quoted value in a curl config that stands in a here-document with expansion: escaped once for curl, once for
 * the shell. Bytes that are no text come from `printf`; `!` is escaped, so that an interactive shell sees no history in it.
 *
 * @see https://curl.se/docs/manpage.html#-K
 */
export function configLiteral(bytes: Bytes): string {
  let [text, pending] = ['', ''];
  const flush = (): void => {
    if (pending !== '') text += `$(printf '${pending}')`;
    pending = '';
  };
  for (const character of charactersOf(bytes)) {
    const escape = 'byte' in character ? configEscapes[character.byte] : undefined;
    if ('byte' in character && escape === undefined) {
      pending += octal(character.byte);
      continue;
    }
    flush();
    if ('byte' in character) text += `\\\\${escape}`;
    else text += heredocText(character.text);
  }
  flush();
  return text;
}

function heredocText(character: string): string {
  switch (character) {
    case '"': return String.raw`\\"`;
    case '\\': return '\\\\\\\\';
    case '$': case '`': return `\\${character}`;
    case '!': return String.raw`\!`;
    default: return character;
  }
}
