import type { SecretKind } from '../contract/index.ts';

/** A shell variable that stands for a secret. */
export interface Variable {
  name: string;
  /** What to put into it, e.g. "client secret". */
  describes: string;
  value: string;
}

const names: Readonly<Record<SecretKind, string | null>> = {
  authorization_code: 'CODE', code_verifier: 'CODE_VERIFIER', client_secret: 'CLIENT_SECRET', client_assertion: 'CLIENT_ASSERTION',
  access_token: 'ACCESS_TOKEN', refresh_token: 'REFRESH_TOKEN', id_token: 'ID_TOKEN', signature: 'SIGNATURE', cookie: 'COOKIE',
  authorization: 'AUTHORIZATION', password: 'PASSWORD', device_code: 'DEVICE_CODE', private_key: 'PRIVATE_KEY', other: null,
};

/** The name of a variable for a secret of that kind. */
export const variableName = (kind: SecretKind, place: string): string => names[kind] ?? nameFrom(place);

/** Gives each secret of a command its variable: one name for one secret, numbered where several of a kind differ. */
export class Variables {
  readonly #byValue = new Map<string, Variable>();

  /**
   * @param place the name under which the secret stood, for kinds that say nothing
   * @param asWritten the variable holds the text as it stands in the request, because no common encoder makes it from a plain one
   */
  of(kind: SecretKind, value: string, place: string, asWritten = false): Variable {
    const key = `${asWritten ? 'written' : 'plain'}\0${value}`;
    const known = this.#byValue.get(key);
    if (known) return known;
    const base = (names[kind] ?? nameFrom(place)) + (asWritten ? '_ENCODED' : '');
    const used = new Set(this.list().map(({ name }) => name));
    let name = base;
    for (let number = 2; used.has(name); number += 1) name = `${base}_${number}`;
    const what = kind === 'other' ? (place.replace(/[^A-Za-z0-9 _-]/g, '') || 'secret') : kind.replaceAll('_', ' ');
    const variable = { name, describes: asWritten ? `${what}, encoded as it stands in the request` : what, value };
    this.#byValue.set(key, variable);
    return variable;
  }

  /** A variable for the text of another one as it stands in the request, where a shell cannot make it from the plain value. */
  encodedOf({ name, describes }: Variable, written: string): Variable {
    const key = `written\0${written}`;
    const known = this.#byValue.get(key);
    if (known) return known;
    const used = new Set(this.list().map((variable) => variable.name));
    let encoded = `${name}_ENCODED`;
    for (let number = 2; used.has(encoded); number += 1) encoded = `${name}_ENCODED_${number}`;
    const variable = { name: encoded, describes: `${describes}, encoded as it stands in the request`, value: written };
    this.#byValue.set(key, variable);
    return variable;
  }

  list(): Variable[] {
    return [...this.#byValue.values()];
  }
}

function nameFrom(place: string): string {
  const name = place.toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40);
  return /^[A-Z]/.test(name) ? name : 'SECRET';
}
