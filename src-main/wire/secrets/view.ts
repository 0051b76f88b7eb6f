/**
 * A text as it reads after some decoding, with the way back: character `i` of `text` came from `[starts[i], ends[i])` of the
 * source. Looking for a secret in every view finds it in any mixture of encodings, without listing spellings of it.
 */
export interface View {
  readonly text: string;
  /** `null` for the source itself. */
  readonly starts: Int32Array | null;
  readonly ends: Int32Array | null;
  readonly depth: number;
}

export type Range = readonly [start: number, end: number];

export const identity = (text: string): View => ({ text, starts: null, ends: null, depth: 0 });

/** Where a part of a view stands in the source. */
export function sourceRange(view: View, start: number, end: number): Range {
  if (!view.starts || !view.ends || end <= start) return [start, end];
  return [view.starts[start] ?? 0, view.ends[end - 1] ?? 0];
}

/** Whether this one character of a view was written in more than one character of the source. */
export function wasEncoded(view: View, at: number): boolean {
  const [start, end] = sourceRange(view, at, at + 1);
  return end - start > 1;
}

interface Decoder { needs: string; pattern: RegExp; decode(token: string): string }

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const fromCode = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');

const percent: Decoder = {
  needs: '%', pattern: /%[0-9a-fA-F]{2}/g,
  decode: (token) => String.fromCharCode(Number.parseInt(token.slice(1), 16)),
};
const form: Decoder = {
  needs: '+', pattern: /%[0-9a-fA-F]{2}|\+/g,
  decode: (token) => (token === '+' ? ' ' : percent.decode(token)),
};
const backslash: Decoder = {
  needs: '\\', pattern: /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|["'\\/bfnrt])/g,
  decode: (token) => (token.length > 2 ? String.fromCharCode(Number.parseInt(token.slice(2), 16)) : (escapes[token[1] as string] ?? (token[1] as string))),
};
const entity: Decoder = {
  needs: '&', pattern: /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);/g,
  decode(token) {
    const name = token.slice(1, -1);
    if (!name.startsWith('#')) return names[name] ?? token;
    return fromCode(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
  },
};
/** UTF-16 answers: ASCII with a NUL between. */
const wide: Decoder = { needs: '\0', pattern: /[\s\S]\0|\0/g, decode: (token) => (token === '\0' || token === '\0\0' ? '' : (token[0] as string)) };

const decoders = [percent, form, backslash, entity, wide];
const MAX_DEPTH = 3;
const MAX_VIEWS = 12;
/** Each view of a text takes eight bytes a character; a long one is read in fewer ways. */
const LONG = 200_000;

/** The text itself first, then every reading of it that differs, at most three decodings deep. */
export function viewsOf(text: string, first: readonly View[] = []): View[] {
  const views: View[] = [identity(text), ...first];
  const known = new Set(views.map((view) => view.text));
  const [depth, count] = text.length > LONG ? [1, 6] : [MAX_DEPTH, MAX_VIEWS];
  for (let i = 0; i < views.length && views.length < count; i += 1) {
    const view = views[i] as View;
    if (view.depth >= depth) continue;
    for (const decoder of decoders) {
      if (!view.text.includes(decoder.needs)) continue;
      const derived = derive(view, decoder);
      if (known.has(derived.text)) continue;
      known.add(derived.text);
      views.push(derived);
    }
  }
  return views;
}

function derive(view: View, { pattern, decode }: Decoder): View {
  const { text } = view;
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  let [length, last, decoded] = [0, 0, ''];
  const copy = (to: number): void => {
    decoded += text.slice(last, to);
    for (let at = last; at < to; at += 1, length += 1) {
      starts[length] = view.starts ? (view.starts[at] as number) : at;
      ends[length] = view.ends ? (view.ends[at] as number) : at + 1;
    }
  };
  for (const match of text.matchAll(pattern)) {
    copy(match.index);
    last = match.index + match[0].length;
    const [start, end] = sourceRange(view, match.index, last);
    const unit = decode(match[0]);
    decoded += unit;
    for (let i = 0; i < unit.length; i += 1, length += 1) {
      starts[length] = start;
      ends[length] = end;
    }
  }
  copy(text.length);
  return { text: decoded, starts: starts.subarray(0, length), ends: ends.subarray(0, length), depth: view.depth + 1 };
}

/**
 * A chunked body without its framing, so that a secret cut in two by a chunk border is found. Stops where the framing is broken.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-7.1
 */
export function dechunked(body: string): View {
  const starts = new Int32Array(body.length);
  let [length, at, text] = [0, 0, ''];
  const size = /([0-9a-fA-F]{1,8})[^\r\n]*\r\n/y;
  for (;;) {
    size.lastIndex = at;
    const match = size.exec(body);
    const count = match ? Number.parseInt(match[1] as string, 16) : 0;
    if (!match || count === 0) break;
    const from = at + match[0].length;
    const to = Math.min(from + count, body.length);
    text += body.slice(from, to);
    for (let i = from; i < to; i += 1, length += 1) starts[length] = i;
    at = to + 2;
  }
  const used = starts.subarray(0, length);
  return { text, starts: used, ends: used.map((start) => start + 1), depth: 0 };
}
