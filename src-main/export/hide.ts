import type { Bytes, SecretKind } from '../contract/index.ts';
import { decodeFormComponent, formParameters, parameterOnly, secretKindOf, utf8Of } from '../contract/index.ts';
import { appearances, styleOf } from './encodings.ts';
import type { Piece, VariablePiece } from './pieces.ts';
import { joined, literal } from './pieces.ts';
import type { Variables } from './variables.ts';

export interface KnownSecret { kind: SecretKind; value: string }

/** A secret in the bytes that were sent. */
export interface WrittenSecret { kind: SecretKind; bytes: Bytes }

/** Shorter secrets are found by the name under which they stand only. */
const ANYWHERE_FROM = 6;

/** What happens to the secrets in the parts of a request. */
export interface Hiding {
  target(target: Bytes): Piece[];
  header(name: string, rest: Bytes): Piece[];
  body(body: Bytes, type: string | undefined): Piece[];
}

/** Leaves everything as it is. */
export const hideNothing: Hiding = { target: literal, header: (_name, rest) => literal(rest), body: literal };

/** Takes the secrets out of the parts of a request: those under a name that says so, and known ones wherever they stand. */
export class Hider implements Hiding {
  readonly #variables: Variables;
  readonly #known: readonly KnownSecret[];
  readonly #written: readonly WrittenSecret[];

  constructor(variables: Variables, known: readonly KnownSecret[], written: readonly WrittenSecret[] = []) {
    this.#variables = variables;
    // The longest first: a token may hold another secret.
    this.#known = known.filter(({ value }) => value !== '').toSorted((a, b) => b.value.length - a.value.length);
    this.#written = written.toSorted((a, b) => b.bytes.length - a.bytes.length);
  }

  target(target: Bytes): Piece[] {
    const [path = '', query] = split(target, '?');
    return query === undefined ? this.anywhere(target) : joined([...this.anywhere(path), ...literal('?'), ...this.form(query)]);
  }

  /** @param rest of a header line, from after the colon */
  header(name: string, rest: Bytes): Piece[] {
    const [, space = '', value = '', end = ''] = /^([ \t]*)([\s\S]*?)([ \t]*)$/.exec(rest) ?? [];
    const lower = name.toLowerCase();
    const around = (pieces: Piece[]): Piece[] => joined([...literal(space), ...pieces, ...literal(end)]);
    if (value === '') return literal(rest);
    if (lower === 'authorization' || lower === 'proxy-authorization') return around(this.#credentials(value));
    if (lower === 'cookie') return around([this.#variable('cookie', value, name, utf8Of(value))]);
    const kind = secretKindOf(name);
    return kind === undefined ? this.anywhere(rest) : around([this.#variable(kind, value, name, utf8Of(value))]);
  }

  body(body: Bytes, type: string | undefined): Piece[] {
    if (type?.includes('x-www-form-urlencoded') ?? /^[\w.%+-]+=[^\s{}<>"]*$/.test(body)) return this.form(body);
    return this.#members(body);
  }

  form(form: Bytes): Piece[] {
    const pieces: Piece[] = [];
    let last = 0;
    for (const { name, rawValue, end } of formParameters(form)) {
      const kind = secretKindOf(name);
      if (kind === undefined || rawValue === '') continue;
      pieces.push(...this.anywhere(form.slice(last, end - rawValue.length)), this.#variable(kind, rawValue, name, decodeFormComponent(utf8Of(rawValue))));
      last = end;
    }
    return joined([...pieces, ...this.anywhere(form.slice(last))]);
  }

  /** Known secrets in a text without names. */
  anywhere(text: Bytes): Piece[] {
    for (const { kind, value } of this.#known) {
      if (value.length < ANYWHERE_FROM) continue;
      for (const seen of appearances(value)) {
        const at = text.indexOf(seen);
        if (at === -1) continue;
        const style = styleOf(value, seen);
        const piece: Piece = style === null
          ? { variable: this.#variables.of(kind, utf8Of(seen), kind, true), style: 'plain' }
          : { variable: this.#variables.of(kind, value, kind), style };
        return joined([...this.anywhere(text.slice(0, at)), piece, ...this.anywhere(text.slice(at + seen.length))]);
      }
    }
    // Last, as a variable for the plain value serves a person better.
    for (const { kind, bytes } of this.#written) {
      const at = bytes.length < ANYWHERE_FROM ? -1 : text.indexOf(bytes);
      if (at === -1) continue;
      const piece: Piece = { variable: this.#variables.of(kind, utf8Of(bytes), kind, true), style: 'plain' };
      return joined([...this.anywhere(text.slice(0, at)), piece, ...this.anywhere(text.slice(at + bytes.length))]);
    }
    return literal(text);
  }

  #members(body: Bytes): Piece[] {
    const pieces: Piece[] = [];
    let last = 0;
    for (const match of body.matchAll(/"((?:[^"\\]|\\.){1,80})"\s*:\s*"((?:[^"\\]|\\[\s\S])+)"/g)) {
      const [whole, name = '', value = ''] = match;
      const kind = parameterOnly.has(name) && name !== 'code' ? undefined : secretKindOf(name);
      if (kind === undefined) continue;
      const end = match.index + whole.length - 1;
      pieces.push(...this.anywhere(body.slice(last, end - value.length)), this.#variable(kind, value, name, unescaped(utf8Of(value))));
      last = end;
    }
    return joined([...pieces, ...this.anywhere(body.slice(last))]);
  }

  /**
   * One whole value: under its plain form where an encoder makes the sent bytes from it, else under the bytes themselves.
   *
   * @param plain what the sent bytes stand for at that place
   */
  #variable(kind: SecretKind, sent: Bytes, place: string, plain: string): VariablePiece {
    const known = this.#known.find(({ value }) => value === plain) ?? this.#known.find(({ value }) => styleOf(value, sent) !== null);
    const value = known?.value ?? plain;
    const style = styleOf(value, sent);
    // A shell variable cannot hold a NUL; its percent-encoding it can.
    if (style !== null && !value.includes('\0')) return { variable: this.#variables.of(known?.kind ?? kind, value, place), style };
    return { variable: this.#variables.of(kind, utf8Of(sent), place, true), style: 'plain' };
  }

  #credentials(value: Bytes): Piece[] {
    const [, scheme = '', credential = ''] = /^(\S+[ \t]+)([\s\S]+)$/.exec(value) ?? [];
    if (credential === '') return [this.#variable('authorization', value, 'authorization', utf8Of(value))];
    const basic = /^basic/i.test(scheme) ? this.#basic(credential) : null;
    if (basic) return [...literal(scheme), basic];
    return [...literal(scheme), this.#variable(/^(?:bearer|dpop)/i.test(scheme) ? 'access_token' : 'authorization', credential, 'authorization', utf8Of(credential))];
  }

  #basic(credential: string): Piece | null {
    const pair = decoded(credential);
    const [user = '', password] = split(pair ?? '', ':');
    if (pair === null || !password || /[\0]/.test(user)) return null;
    // RFC 6749 wants id and secret form-encoded first; many clients send them as they are.
    const form = decodeFormComponent(utf8Of(password));
    const plain = styleOf(form, password) === null ? utf8Of(password) : form;
    const { variable, style } = this.#variable('client_secret', password, 'client_secret', plain);
    return { basic: { user, password: variable, style } };
  }
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

function decoded(credential: string): Bytes | null {
  try {
    const pair = atob(credential);
    return btoa(pair) === credential ? pair : null;
  } catch {
    return null;
  }
}

function split(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
