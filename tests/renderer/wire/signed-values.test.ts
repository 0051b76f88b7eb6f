import { describe, expect, it } from 'vitest';
import { jsonLines } from '../../../src-main/contract/read/json-lines.ts';
import type { Readable } from '../../../src-renderer/wire/readable.ts';
import { SIGNED_LIMIT, signedValuesOf } from '../../../src-renderer/wire/signed-values.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const masked = '\ue0f0signature:86:0011223344556677\ue0f1';
const jwt = (claims: object): string => `${part({ alg: 'ES256' })}.${part(claims)}.${masked}`;
const parameter = (name: string, value: string) => ({ name, value, rawName: name, rawValue: value, start: 0, end: 0 });
const message = (form: [string, string][], headers: [string, string][] = [], body?: Readable['body']): Readable => ({
  startLine: '', query: [], headers: headers.map(([name, value]) => ({ name, value })), body: body ?? { kind: 'form', parameters: form.map(([name, value]) => parameter(name, value)) },
});

describe('JWTs in a message', () => {
  it('are not read out of what is none, nor shown twice', () => {
    expect(signedValuesOf(message([['client_assertion', 'not.a.jwt'], ['request', masked], ['code', 'eyJhbGciOiJub25lIn0'], ['x', 'eyJub.']]))).toEqual([]);
    expect(signedValuesOf(message([['a', jwt({ a: 1 })], ['b', jwt({ a: 1 })]])).map(({ name }) => name)).toEqual(['a']);
  });

  it('are found in any parameter, header and member, a token after its scheme too', () => {
    const values = signedValuesOf(message([['client_assertion', jwt({ aud: 'https://as' })]], [['DPoP', jwt({ htm: 'POST' })], ['Authorization', `Bearer ${jwt({ scope: 'a' })}`]]));
    expect(values.map(({ name, jwt: { claims } }) => [name, claims])).toEqual([['DPoP', { htm: 'POST' }], ['Authorization', { scope: 'a' }], ['client_assertion', { aud: 'https://as' }]]);
    const lines = jsonLines(JSON.stringify({ id_token: jwt({ sub: 'ada' }), list: [jwt({ n: 1 })] }));
    if (!lines) throw new Error('It is JSON.');
    expect(signedValuesOf(message([], [], { kind: 'json', lines })).map(({ name }) => name)).toEqual(['id_token', 'element']);
    expect(signedValuesOf(message([], [], { kind: 'text', text: `${jwt({ sub: 'ada' })}\n` })).map(({ name }) => name)).toEqual(['body']);
  });

  it('a message full of them shows a bounded number', () => {
    expect(signedValuesOf(message(Array.from({ length: 200 }, (_none, n): [string, string] => [`p${n}`, jwt({ n })])))).toHaveLength(SIGNED_LIMIT);
  });
});
