import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { curlCommand } from '../../src-main/export/index.ts';
import { SecretBook } from '../../src-main/wire/secrets/index.ts';
import { exchangeOf, leaks, post, recorded } from '../main/wire/secrets/events.ts';

const names = ['code', 'code_verifier', 'client_secret', 'client_assertion', 'refresh_token', 'access_token', 'id_token_hint', 'token', 'password', 'device_code', 'subject_token'];
const secrets = Object.fromEntries(names.map((name) => [name, `CANARY-${name}+/=-${randomBytes(12).toString('base64url')}`]));
const headers = ['basic', 'bearer', 'cookie', 'key'].map((name) => `CANARY-${name}-${randomBytes(12).toString('base64url')}`);
const [basic, bearer, cookie, key] = headers as [string, string, string, string];

const exchange = exchangeOf(
  `${post(new URLSearchParams(secrets).toString(), `Authorization: Basic ${btoa(`id:${basic}`)}\r\nProxy-Authorization: Bearer ${bearer}\r\nCookie: sid=${cookie}\r\nX-Api-Key: ${key}\r\n`)}`
    .replace('/token', `/token?access_token=${encodeURIComponent(secrets['access_token'] as string)}`),
  null, { url: `https://as.example/token?access_token=${encodeURIComponent(secrets['access_token'] as string)}` },
);
const all = [...Object.values(secrets), ...headers];

describe('attack 55: redacted by default', () => {
  it.each(['with what the run knows', 'by names alone'])('curl with variables holds no secret, %s', (how) => {
    const book = new SecretBook(randomBytes(32));
    book.learn(recorded(exchange));
    const command = curlCommand(exchange, { secrets: 'variables', known: how === 'by names alone' ? [] : book.secrets() });
    if (!command.ok) throw new Error(command.problem.why);
    for (const secret of all) expect(leaks(command.value, secret)).toEqual([]);
    expect(command.value.text).not.toContain('CANARY');
  });

  it('secrets are in it on request only', () => {
    const command = curlCommand(exchange, { secrets: 'included', known: [] });
    if (!command.ok) throw new Error(command.problem.why);
    expect(command.value.variables).toEqual([]);
    for (const secret of all) expect(leaks(command.value, secret).length + Number(command.value.text.includes(btoa(`id:${secret}`)))).toBeGreaterThan(0);
  });
});
