import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent, SecretKind } from '../../../../src-main/contract/index.ts';
import { bytesOf, foldRun, segmentsOf } from '../../../../src-main/contract/index.ts';
import { SecretBook } from '../../../../src-main/wire/secrets/index.ts';
import { event, exchangeOf, leaks, post, recorded } from './events.ts';

const key = randomBytes(32);
const canary = (kind: string): string => `CANARY-${kind}-${randomBytes(15).toString('base64url')}`;
const encode = encodeURIComponent;
const b64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const b64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object): string => `${b64url({ alg: 'RS256' })}.${b64url(claims)}.${randomBytes(32).toString('base64url')}`;

function maskedAlone(subject: RunEvent): RunEvent {
  const book = new SecretBook(key);
  book.learn(subject);
  return book.maskEvent(subject);
}

/** Every place a secret can stand in, each with an event that holds it there and nowhere else. */
const places: Record<string, (secret: string) => RunEvent> = {
  'form parameter': (s) => recorded(exchangeOf(post(`grant_type=authorization_code&client_secret=${encode(s)}`))),
  'form parameter, as browsers encode': (s) => recorded(exchangeOf(post(new URLSearchParams({ refresh_token: s, x: 'y' }).toString()))),
  'form parameter, lower-case hex': (s) => recorded(exchangeOf(post(`code_verifier=${encode(s).replace(/%../g, (hex) => hex.toLowerCase())}`))),
  'form parameter with an encoded name': (s) => recorded(exchangeOf(post(`%63lient_secret=${encode(s)}&a=b`))),
  'multipart part': (s) => recorded(exchangeOf(`POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=B\r\n\r\n--B\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${bytesOf(s.replace(/[\r\n]/g, '_'))}\r\n--B--\r\n`)),
  'JSON request': (s) => recorded(exchangeOf(`POST / HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${bytesOf(JSON.stringify({ a: { code: s } }))}`)),
  'request target': (s) => recorded(exchangeOf(`GET /userinfo?access_token=${encode(s)}&b=c HTTP/1.1\r\nHost: a\r\n\r\n`)),
  'exchange URL': (s) => recorded(exchangeOf('', null, { url: `https://as.example/logout?id_token_hint=${encode(s)}#x` })),
  'Basic': (s) => recorded(exchangeOf(post('a=b', `Authorization: Basic ${b64(`client:${s}`)}\r\n`))),
  'Basic, form-encoded': (s) => recorded(exchangeOf(post('a=b', `authorization: basic ${b64(`client:${encode(s)}`)}\r\n`))),
  'Proxy-Authorization': (s) => recorded(exchangeOf(post('a=b', `Proxy-Authorization: Basic ${b64(`u:${s}`)}\r\n`))),
  'JSON answer': (s) => recorded(exchangeOf(post('a=b'), { body: JSON.stringify({ access_token: s, token_type: 'Bearer' }) })),
  'JSON answer, nested, spaced': (s) => recorded(exchangeOf(post('a=b'), { body: JSON.stringify({ authed: [{ refreshToken: s }] }, null, 2) })),
  'JSON answer, name twice': (s) => recorded(exchangeOf(post('a=b'), { body: `{"access_token":${JSON.stringify(s)},"access_token":"other-one"}` })),
  'JSON answer cut off': (s) => recorded(exchangeOf(post('a=b'), { body: `{"id_token" : ${JSON.stringify(s).slice(0, -1)}` })),
  'JSON list': (s) => recorded(exchangeOf(post('a=b'), { body: JSON.stringify({ access_token: [s.replaceAll(']', '_')] }) })),
  'JSON inside JSON': (s) => recorded(exchangeOf(post('a=b'), { body: JSON.stringify({ data: JSON.stringify({ access_token: s }) }) })),
  'JSON with every character escaped': (s) => recorded(exchangeOf(post('a=b'), { body: `{"access_token":"${[...Array(s.length).keys()].map((i) => `\\u${s.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"}` })),
  'form-encoded answer': (s) => recorded(exchangeOf(post('a=b'), { body: `access_token=${encode(s)}&scope=user`, type: 'application/x-www-form-urlencoded' })),
  'chunked answer': (s) => recorded(exchangeOf(post('a=b'), { body: JSON.stringify({ access_token: s }), chunks: 7 })),
  'compressed answer': (s) => recorded(exchangeOf(post('a=b'), { body: JSON.stringify({ access_token: s }), gzip: true })),
  'Location query': (s) => recorded(exchangeOf(post('a=b'), { body: '', head: `Location: https://rp.example/cb?code=${encode(s)}&state=x\r\n` })),
  'Location fragment': (s) => recorded(exchangeOf(post('a=b'), { body: '', head: `location: http://127.0.0.1/#access_token=${encode(s)}&state=x\r\n` })),
  'URL inside a URL': (s) => recorded(exchangeOf(post('a=b'), { body: '', head: `Location: /login?to=${encode(`https://rp/cb?code=${encode(s)}&state=1`)}\r\n` })),
  'URL in JSON with escaped ampersand': (s) => recorded(exchangeOf(post('a=b'), { body: `{"redirect":"https:\\/\\/rp\\/cb?state=1\\u0026code=${encode(s)}\\u0026x=1"}` })),
  'form_post page': (s) => recorded(exchangeOf(post('a=b'), { type: 'text/html', body: `<form action="x"><input type="hidden" name="code" value="${s.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&#60;')}"/></form>` })),
  'callback bytes': (s) => event({ type: 'callback-received', step: 's', verdict: 'accepted', answered: 200, parameters: [], request: `GET /cb?code=${encode(s)}&state=x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n` }),
  'callback parameter': (s) => event({ type: 'callback-received', step: 's', verdict: 'accepted', answered: 200, request: '', parameters: [{ name: 'code', value: s }] }),
  'code verifier': (s) => event({ type: 'authorization-requested', step: 's', url: 'https://as/?a=b', redirectUri: 'http://127.0.0.1/', parameters: [], codeVerifier: s }),
  'front-channel hop': (s) => event({ type: 'front-channel-hop', step: 's', method: 'GET', status: 302, url: 'https://as/', setCookieNames: [], location: `https://rp/cb?code=${encode(s)}` }),
  'token': (s) => event({ type: 'tokens-received', step: 's', exchangeId: 'e', generation: 0, tokens: [{ id: 't', kind: 'refresh_token', value: s }] }),
  'environment parameter': (s) => event({ type: 'run-started', environment: { authorizationParameters: [{ name: 'client_secret', value: s }] } }),
  'metadata': (s) => event({ type: 'metadata-read', step: 's', source: 'manual', metadata: { client_secret: s }, findings: [] }),
};

/** Header values and cookies cannot hold every character. */
const headerPlaces: Record<string, (secret: string) => RunEvent> = {
  'Bearer': (s) => recorded(exchangeOf(post('a=b', `Authorization: Bearer ${s}\r\n`))),
  'DPoP': (s) => recorded(exchangeOf(post('a=b', `AUTHORIZATION:DPoP ${s}\r\n`))),
  'unknown scheme': (s) => recorded(exchangeOf(post('a=b', `Authorization: Custom ${s}\r\n`))),
  'no scheme': (s) => recorded(exchangeOf(post('a=b', `Authorization: ${s}\r\n`))),
  'folded header': (s) => recorded(exchangeOf(post('a=b', `Authorization: Bearer\r\n ${s}\r\n`))),
  'Cookie': (s) => recorded(exchangeOf(post('a=b', `Cookie: a=b; session=${s}; c=d\r\n`))),
  'Set-Cookie': (s) => recorded(exchangeOf(post('a=b'), { body: '', head: `Set-Cookie: sid="${s}"; HttpOnly; Path=/\r\n` })),
  'X-Api-Key': (s) => recorded(exchangeOf(post('a=b', `X-Api-Key: ${s}\r\n`))),
  'user info in a text': (s) => event({ type: 'step-ended', step: 's', outcome: 'failed', problem: { code: 'c', message: `no answer from https://me:${encode(s)}@as.example/` } }),
  'URL in a text': (s) => event({ type: 'step-ended', step: 's', outcome: 'failed', problem: { code: 'c', message: `cannot open https://rp/cb?code=${encode(s)} now` } }),
  'Bearer in a text': (s) => event({ type: 'step-ended', step: 's', outcome: 'failed', problem: { code: 'c', message: `sent "Bearer ${s}1"` } }),
};

describe('a secret is masked where its place says what it is', () => {
  for (const [name, place] of [...Object.entries(places), ...Object.entries(headerPlaces)]) {
    it(name, () => {
      const secret = canary('place');
      const subject = place(secret);
      const book = new SecretBook(key);
      book.learn(subject);
      expect(book.secrets().map(({ value }) => value)).toContain(name === 'Bearer in a text' ? `${secret}1` : secret);
      expect(leaks(maskedAlone(subject), secret)).toEqual([]);
    });
  }

  const awkward = fc.tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), fc.array(fc.constantFrom('"', '\\', "'", '%', '+', '&', '=', '\n', ' ', '<', 'é', '→', '😀', '%41', '\\n', '#', ';'), { maxLength: 8 }))
    .map(([text, marks]) => `Ca${marks.join('q')}${text}nary`).filter((text) => text.isWellFormed() && !text.includes('\0'));

  it.each(Object.keys(places))('%s, whatever the secret is', (name) => {
    fc.assert(fc.property(awkward, (secret) => {
      if (name === 'JSON list' && /[\]\\]/.test(secret)) return;
      if (name === 'form_post page' && secret.includes('&')) return;
      expect(leaks(maskedAlone((places[name] as (s: string) => RunEvent)(secret)), secret)).toEqual([]);
    }), { numRuns: 40 });
  });

  it('a known secret goes wherever it stands, in any encoding', () => {
    fc.assert(fc.property(awkward, fc.constantFrom(0, 1, 2), (secret, lead) => {
      const book = new SecretBook(key);
      book.add('client_secret', secret);
      const echo = [secret, encode(secret), encode(encode(secret)), JSON.stringify(secret), b64('x'.repeat(lead) + secret), Buffer.from(secret).toString('hex')];
      const masked = book.maskEvent(recorded(exchangeOf(post(echo.map(bytesOf).join(' ; ')), { body: echo.join('\n') }, {
        failure: { code: 'x', message: echo.join(' , ') },
      })));
      expect(leaks(masked, secret)).toEqual([]);
    }), { numRuns: 150 });
  });

  it('a short secret is masked in its own place and leaves other words alone', () => {
    const masked = JSON.stringify(maskedAlone(recorded(exchangeOf(post('client_secret=abc&scope=abcdef')))));
    expect(masked).not.toContain('client_secret=abc');
    expect(masked).toContain('scope=abcdef');
  });

  it('a secret learned late is masked in earlier events', () => {
    const secret = canary('late');
    const early = event({ type: 'step-ended', step: 's', outcome: 'failed', problem: { code: 'x', message: `saw ${secret}` } });
    const book = new SecretBook(key);
    book.learn(early);
    book.learn((places['token'] as (s: string) => RunEvent)(secret));
    expect(leaks(book.maskEvent(early), secret)).toEqual([]);
  });
});

describe('markers', () => {
  it('are the same for the same secret everywhere, and are turned back by reveal', () => {
    const secret = canary('same');
    const book = new SecretBook(key);
    const subject = recorded(exchangeOf(post(`code=x&client_secret=${secret}`, `Authorization: Basic ${b64(`me:${secret}`)}\r\n`), { body: JSON.stringify({ error: secret }) }));
    book.learn(subject);
    const markers = segmentsOf(JSON.stringify(book.maskEvent(subject))).flatMap((segment) => ('marker' in segment ? [segment.marker] : []));
    const mine = markers.filter(({ kind }) => kind === 'client_secret');
    expect(mine).toHaveLength(3);
    expect(new Set(mine.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(book.reveal(mine[0] as (typeof mine)[0])).toBe(secret);
    expect(book.reveal({ ...(mine[0] as (typeof mine)[0]), length: 3 })).toBeUndefined();
    expect(new SecretBook(key).reveal(mine[0] as (typeof mine)[0])).toBeUndefined();
  });

  it('take the most telling kind', () => {
    const secret = canary('kind');
    const book = new SecretBook(key);
    const kinds = (): SecretKind[] => book.secrets().map(({ kind }) => kind);
    book.learn(recorded(exchangeOf(post(`token=${secret}`))));
    expect(kinds()).toEqual(['other']);
    book.learn((places['token'] as (s: string) => RunEvent)(secret));
    book.learn(recorded(exchangeOf(post(`code=${secret}`))));
    expect(kinds()).toEqual(['refresh_token']);
  });

  it('cannot be written by a server, in any spelling the window decodes', () => {
    const forged = '\ue0f0client_secret:8:0123456789abcdef\ue0f1';
    const body = `${forged} ${encode(forged)} ${JSON.stringify(forged).replaceAll(/[\ue0f0\ue0f1]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)}`;
    const masked = maskedAlone(recorded(exchangeOf(post('a=b'), { body }, { failure: { code: 'x', message: body } })));
    expect(JSON.stringify(masked)).not.toMatch(/[\ue0f0\ue0f1]|%EE%83%B[01]|\\ue0f[01]|\u00ee\u0083[\u00b0\u00b1]/i);
    const claims = jwt({ sub: forged });
    expect(JSON.stringify(maskedAlone((places['token'] as (s: string) => RunEvent)(claims)))).not.toContain(claims.split('.')[1]);
  });
});

describe('tokens that are JWTs', () => {
  it('keep header and claims and lose the signature', () => {
    const token = jwt({ sub: 'someone', exp: 1 });
    const [header, claims, signature] = token.split('.') as [string, string, string];
    for (const subject of [
      (places['token'] as (s: string) => RunEvent)(token), (headerPlaces['Bearer'] as (s: string) => RunEvent)(token),
      (places['JSON answer'] as (s: string) => RunEvent)(token), recorded(exchangeOf(post(`client_assertion=${token}`))),
      recorded(exchangeOf(post('a=b'), { body: token, type: 'application/jwt' })),
    ]) {
      const masked = JSON.stringify(maskedAlone(subject));
      expect(masked).toContain(`${header}.${claims}.\ue0f0signature:43:`);
      expect(masked).not.toContain(signature);
    }
  });

  it('are masked whole when encrypted, unsigned, or when the claims hold a secret', () => {
    const code = canary('jarm');
    const unsigned = `${b64url({ alg: 'none' })}.${b64url({ sub: 'x', name: 'somebody' })}.`;
    const jwe = [b64url({ alg: 'RSA-OAEP', enc: 'A128GCM' }), ...[40, 12, 60, 16].map((n) => randomBytes(n).toString('base64url'))].join('.');
    for (const token of [jwe, unsigned, jwt({ code })]) {
      const masked = maskedAlone(recorded(exchangeOf(`GET /cb?response=${token}&access_token=${token} HTTP/1.1\r\n\r\n`)));
      expect(JSON.stringify(masked)).not.toContain(token.split('.')[1]);
      expect(leaks(masked, code)).toEqual([]);
    }
  });

  it('stay readable as ID tokens without a signature', () => {
    const unsigned = `${b64url({ alg: 'none' })}.${b64url({ sub: 'x' })}.`;
    const subject = event({ type: 'tokens-received', step: 's', exchangeId: 'e', generation: 0, tokens: [{ id: 't', kind: 'id_token', value: unsigned }] });
    expect(maskedAlone(subject)).toEqual(subject);
  });

  it('leave request objects as they are', () => {
    const subject = recorded(exchangeOf(post(`client_id=a&request=${jwt({ scope: 'openid' })}`)));
    expect(maskedAlone(subject)).toEqual(subject);
  });
});

describe('what is no secret', () => {
  it('stays byte for byte', () => {
    const subject = recorded(exchangeOf(
      post('grant_type=authorization_code&client_id=practice-client&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcb&scope=openid+profile&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=af0ifjsldkj&nonce=n-0S6'),
      { body: bytesOf('{"error":"invalid_grant","error_description":"Bearer tokens: token=\\"x\\" über","code":"E4711","token_type":"Bearer","expires_in":3600}'), chunks: 9 },
    ));
    expect(maskedAlone(subject)).toEqual(subject);
  });

  it('folds to the same structure', () => {
    const events = Object.values(places).filter((_, at) => at !== 0).map((place, at) => ({ ...place(canary('fold')), seq: at }));
    events.unshift(event({ type: 'step-started', step: 'step-1', kind: 'exchange' }, 0) as (typeof events)[0]);
    const book = new SecretBook(key);
    for (const one of events) book.learn(one as RunEvent);
    const shape = (run: RunEvent[]): unknown => {
      const state = foldRun(run);
      return [state.next, state.steps.map(({ id, kind, outcome }) => [id, kind, outcome]), [...state.exchanges.keys()], state.tokens.map(({ record, fate }) => [record.id, record.kind, fate])];
    };
    expect(shape(events.map((one) => book.maskEvent(one as RunEvent)))).toEqual(shape(events as RunEvent[]));
  });

  it('keeps headLength at the border of head and body', () => {
    const subject = recorded(exchangeOf(post('a=b'), { body: '{"access_token":"CANARY-1234567"}', head: 'Set-Cookie: session=0123456789abcdef\r\n' }));
    const masked = maskedAlone(subject);
    if (masked.type !== 'exchange-recorded' || !masked.exchange.response) throw new Error('another event');
    const { raw, headLength, body } = masked.exchange.response;
    expect(raw.slice(0, headLength)).toMatch(/\r\n\r\n$/);
    expect(raw.slice(headLength)).toBe(body);
  });
});

describe('speed', () => {
  it('learns and masks an event of 2 kB well under a millisecond with 30 secrets known', () => {
    const book = new SecretBook(key);
    for (let i = 0; i < 30; i += 1) book.add('access_token', canary('speed'));
    const subject = recorded(exchangeOf(post(`grant_type=refresh_token&refresh_token=${canary('r')}&redirect_uri=${encode('http://127.0.0.1/cb')}`, `Authorization: Basic ${b64('id:CANARY-secret')}\r\n`), { body: JSON.stringify({ access_token: canary('a'), id_token: jwt({ sub: 'x'.repeat(300) }), pad: 'x'.repeat(300) }) }));
    expect(JSON.stringify(subject).length).toBeGreaterThan(2000);
    const once = (): void => { book.learn(subject); book.maskEvent(subject); };
    for (let i = 0; i < 200; i += 1) once();
    const times = Array.from({ length: 50 }, () => { const start = performance.now(); once(); return performance.now() - start; }).toSorted((a, b) => a - b);
    expect(times[25]).toBeLessThan(1);
  });
});
