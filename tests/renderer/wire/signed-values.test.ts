import { describe, expect, it } from 'vitest';
import type { Readable } from '../../../src-renderer/wire/readable.ts';
import { signedValuesOf } from '../../../src-renderer/wire/signed-values.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const masked = '\ue0f0signature:86:0011223344556677\ue0f1';
const jwt = (claims: object): string => `${part({ alg: 'ES256' })}.${part(claims)}.${masked}`;
const parameter = (name: string, value: string) => ({ name, value, rawName: name, rawValue: value, start: 0, end: 0 });
const message = (form: [string, string][], headers: [string, string][] = []): Readable => ({
  startLine: '', query: [], headers: headers.map(([name, value]) => ({ name, value })), body: { kind: 'form', parameters: form.map(([name, value]) => parameter(name, value)) },
});

describe('what a client says signed', () => {
  it('is not looked for under other names, nor read out of what is no JWT', () => {
    expect(signedValuesOf(message([['code', jwt({ a: 1 })], ['client_assertion', 'not.a.jwt'], ['request', masked]], [['Authorization', jwt({ a: 1 })]]))).toEqual([]);
  });

  it('is shown decoded, proofs in headers too, without the signature', () => {
    const values = signedValuesOf(message([['client_assertion', jwt({ aud: 'https://as' })]], [['DPoP', jwt({ htm: 'POST' })]]));
    expect(values.map(({ name, claims }) => [name, JSON.parse(claims) as unknown])).toEqual([['DPoP', { htm: 'POST' }], ['client_assertion', { aud: 'https://as' }]]);
    expect(JSON.stringify(values)).not.toContain('signature:86');
  });
});
