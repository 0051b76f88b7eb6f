import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../../../../src-main/contract/index.ts';
import { SecretBook } from '../../../../src-main/wire/secrets/index.ts';
import { event, exchangeOf, leaks, post, recorded } from './events.ts';

const key = randomBytes(32);

describe('hostile answers', () => {
  const repeated: Record<string, string> = {
    'quotes': '"', 'names': '"a":', 'open inputs': '<input ', 'attribute names': '<input a', 'form-data': 'form-data;', 'percent': '%25', 'backslashes': '\\',
    'entities': '&amp;', 'words': 'a', 'pairs': 'token=', 'slashes': '//a:', 'schemes': 'basic ', 'JWT heads': 'eyJaaaaaa.', 'chunks': '1\r\na\r\n', 'NULs': 'a\0',
    'lists': '"token":[', 'spaces': ' ', 'known secret, almost': 'CANARY-secre',
  };
  it.each(Object.entries(repeated))('half a megabyte of %s is masked in time', (_, unit) => {
    const book = new SecretBook(key);
    book.add('client_secret', 'CANARY-secret-of-the-client');
    const body = unit.repeat(Math.ceil(500_000 / unit.length));
    const subject = recorded(exchangeOf(post('a=b', `Cookie: ${unit.replace(/[\r\n\0]/g, '').repeat(2000)}\r\n`), { body, chunks: 4000, type: 'text/html' }));
    const start = performance.now();
    book.learn(subject);
    book.maskEvent(subject);
    expect(performance.now() - start).toBeLessThan(4000);
  });

  it('nested thousands of levels deep are cut, not overflown', () => {
    let metadata: Record<string, unknown> = { access_token: 'CANARY-deep-down' };
    for (let i = 0; i < 20_000; i += 1) metadata = { a: metadata };
    const subject = event({ type: 'metadata-read', step: 's', source: 'manual', metadata, findings: [] });
    const book = new SecretBook(key);
    book.learn(subject);
    expect(JSON.stringify(book.maskEvent(subject))).toContain('[nested too deeply]');
  });

  it('with a member named __proto__ keep it a member', () => {
    const metadata = JSON.parse('{"__proto__":{"access_token":"CANARY-polluted"}}') as Record<string, unknown>;
    const subject = event({ type: 'metadata-read', step: 's', source: 'manual', metadata, findings: [] });
    const book = new SecretBook(key);
    book.learn(subject);
    const masked = book.maskEvent(subject);
    expect(Object.keys((masked as { metadata: object }).metadata)).toEqual(['__proto__']);
    expect(leaks(masked, 'CANARY-polluted')).toEqual([]);
  });

  it('in UTF-16 hide nothing', () => {
    const secret = 'CANARY-utf16-secret';
    const body = Buffer.from(JSON.stringify({ access_token: secret }), 'utf16le').toString('latin1');
    const exchange = exchangeOf(post('a=b'));
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n';
    exchange.response = { status: 200, reason: 'OK', raw: head + body, headLength: head.length, body };
    const subject = recorded(exchange);
    const book = new SecretBook(key);
    book.learn(subject);
    expect(JSON.stringify(book.maskEvent(subject)).replaceAll('\\u0000', '')).not.toContain(secret);
  });

  it('of any bytes never make it throw, and what is learned is masked', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('text/html', 'application/json', 'application/x-www-form-urlencoded'), (text, type) => {
      const body = Buffer.from(text).toString('latin1');
      const book = new SecretBook(key);
      const subject = recorded(exchangeOf(`${body}\r\n\r\n${body}`, { body: text, type, head: `Set-Cookie: ${body.replace(/[\r\n]/g, '')}\r\n` }));
      book.learn(subject);
      const masked = JSON.stringify(book.maskEvent(subject));
      for (const segment of segmentsOf(masked)) if ('marker' in segment) expect(book.reveal(segment.marker)).toBeTypeOf('string');
    }), { numRuns: 300 });
  });
});

describe('compressed bodies', () => {
  it('are replaced by a note, in requests too', () => {
    const subject = recorded(exchangeOf('POST / HTTP/1.1\r\nContent-Encoding: gzip\r\n\r\n\u001f\u008bxyz', { body: '{"a":1}', gzip: true }));
    const masked = JSON.stringify(new SecretBook(key).maskEvent(subject));
    expect(masked).toContain('[5 bytes of gzip data are not shown');
    expect(masked).not.toMatch(/\u001f|\\u001f/);
  });
});

it('a plain code challenge is the verifier, and masked as such', () => {
  const subject = event({ type: 'authorization-requested', step: 's', url: 'https://as/?code_challenge=CANARY-plain-verifier', redirectUri: 'x', parameters: [{ name: 'code_challenge', value: 'CANARY-plain-verifier' }], codeVerifier: 'CANARY-plain-verifier', codeChallenge: 'CANARY-plain-verifier', codeChallengeMethod: 'plain' });
  const book = new SecretBook(key);
  book.learn(subject);
  expect(leaks(book.maskEvent(subject), 'CANARY-plain-verifier')).toEqual([]);
});
