import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proxyFromEnvironment, proxyFromList, systemProxyOf } from '../../../src-main/wire/index.ts';
import { authority, hostileServer } from '../../support/hostile-server/index.ts';
import { connectProxy } from '../../support/hostile-server/connect-proxy.ts';
import type { RawServer } from '../../support/hostile-server/raw-server.ts';
import { ask } from './requests.ts';

const ca = authority();
const good = ca.issue({ name: 'good', ip: ['127.0.0.1'] });
let plain: RawServer;
let secure: RawServer;
let proxy: Awaited<ReturnType<typeof connectProxy>>;
let guarded: typeof proxy;
beforeAll(async () => {
  [plain, secure, proxy, guarded] = await Promise.all([hostileServer(), hostileServer({ cert: good.cert, key: good.key }), connectProxy(), connectProxy('ada:pass word')]);
});
afterAll(() => Promise.all([plain.stop(), secure.stop(), proxy.stop(), guarded.stop()]));

const body = { method: 'POST', body: 'code=CANARY-code&x=%00' };

describe('an exchange through a proxy', () => {
  it('a proxy that refuses, is not there, or wants credentials: nothing is sent, and it is said', async () => {
    const refused = await ask(`${secure.url}/html-200`, { trust: { ca: [ca.cert], proxy: guarded.url }, ...body });
    expect(refused.failure).toMatchObject({ code: 'proxy-refused', why: expect.stringContaining('407') as string });
    expect([refused.request, refused.response]).toEqual(['', null]);
    expect((await ask(`${plain.url}/html-200`, { trust: { proxy: 'http://127.0.0.1:1' } })).failure?.code).toBe('proxy-unreachable');
  });

  it.each([['http', () => plain], ['https', () => secure]] as const)('%s: the same bytes arrive and are recorded as without one', async (_scheme, server) => {
    const trust = { ca: [ca.cert] };
    const direct = await ask(`${server().url}/html-200`, { trust, ...body });
    const through = await ask(`${server().url}/html-200`, { trust: { ...trust, proxy: proxy.url }, ...body });
    expect(through.failure).toBeNull();
    expect(through.request).toBe(direct.request);
    expect(through.response?.raw).toBe(direct.response?.raw);
    expect(through.request).not.toContain('CONNECT');
    expect(through.connection?.proxy).toBe(new URL(proxy.url).host);
    expect(proxy.asked.at(-1)).toBe(new URL(server().url).host);
    if (server() === secure) expect(through.tls).toMatchObject({ authorized: true });
  });

  it('a proxy that speaks TLS is believed only with a certificate somebody vouches for', async () => {
    const secured = await connectProxy('ada:50%', {}, { tls: good });
    const url = secured.url.replace('https://', 'https://ada:50%@');
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await ask(`${plain.url}/html-200`, { trust: { proxy: url }, ...body })).failure?.code).toBe('proxy-unreachable');
      expect(secured.asked).toEqual([]);
      for (const server of [plain, secure]) {
        const through = await ask(`${server.url}/html-200`, { trust: { ca: [ca.cert], proxy: url }, ...body });
        expect(through).toMatchObject({ failure: null, response: { status: 200 } });
        expect(through.response?.raw).toBe((await ask(`${server.url}/html-200`, { trust: { ca: [ca.cert] }, ...body })).response?.raw);
      }
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
      await secured.stop();
    }
  });

  it.each([['http', () => plain], ['https', () => secure]] as const)('%s: a tunnel that is reset is a failure of that exchange and of nothing else', async (_scheme, server) => {
    const resetting = await connectProxy(undefined, {}, { then: 'reset' });
    const exchange = await ask(`${server().url}/html-200`, { trust: { ca: [ca.cert], proxy: resetting.url }, ...body });
    expect(exchange.failure?.code).toMatch(/^connection-(reset|closed)$/);
    expect(exchange.response).toBeNull();
    await resetting.stop();
  });

  it('a proxy that says nothing: until the limit, or until the person has enough', async () => {
    const silent = await connectProxy(undefined, {}, { then: 'silence' });
    const trust = { proxy: silent.url };
    expect((await ask(`${plain.url}/html-200`, { trust, limits: { connect: 60 }, ...body })).failure?.code).toBe('time-limit-connect');
    const started = performance.now();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 40);
    expect((await ask(`${plain.url}/html-200`, { trust, signal: stop.signal, ...body })).failure?.code).toBe('cancelled');
    expect(performance.now() - started).toBeLessThan(2000);
    await silent.stop();
  });

  it('gives credentials to the proxy alone', async () => {
    const exchange = await ask(`${secure.url}/html-200`, { trust: { ca: [ca.cert], proxy: guarded.url.replace('http://', 'http://ada:pass%20word@') } });
    expect(exchange.failure).toBeNull();
    expect(exchange.request).not.toMatch(/proxy-authorization/i);
  });

  it('judges the certificate of the server behind it', async () => {
    expect((await ask(`${secure.url}/html-200`, { trust: { proxy: proxy.url }, ...body })).failure?.code).toMatch(/^tls-/);
  });
});

describe('which proxy this machine uses', () => {
  const variables = { https_proxy: 'http://proxy.test:3128', HTTP_PROXY: 'http://upper.test', no_proxy: '.internal.test, plain.test:8443 ,other.test' };

  it('never one for this machine, for what is excluded, or out of HTTP_PROXY in capitals', () => {
    for (const url of ['https://localhost/', 'https://127.0.0.1:8443/', 'https://[::1]/', 'https://a.internal.test/', 'https://internal.test/', 'https://plain.test:8443/', 'http://as.test/', 'https://localhost./', 'https://[::ffff:127.0.0.1]/', 'https://127.1/']) expect(proxyFromEnvironment(url, variables), url).toBeNull();
    expect(proxyFromEnvironment('https://as.test/', { https_proxy: 'socks5://a.test' })).toBeNull();
    expect(proxyFromEnvironment('https://as.test/', { ...variables, no_proxy: '*' })).toBeNull();
    for (const [url, no_proxy] of [['https://[fd00::1]/', 'fd00::1'], ['https://[fd00::1]:8443/', '[fd00::1]:8443'], ['https://as.test/', 'as.test:443']] as const) {
      expect(proxyFromEnvironment(url, { ...variables, no_proxy }), no_proxy).toBeNull();
      expect(proxyFromEnvironment(url, { ...variables, no_proxy: ':, .,as.test:444,fd00::2,[fd00::1]:9' }), no_proxy).toBe('http://proxy.test:3128');
    }
  });

  it('the one that is named, with or without its scheme', () => {
    expect(proxyFromEnvironment('https://as.test/', variables)).toBe('http://proxy.test:3128');
    expect(proxyFromEnvironment('https://plain.test/', variables)).toBe('http://proxy.test:3128');
    expect(proxyFromEnvironment('http://as.test/', { all_proxy: 'proxy.test:1' })).toBe('http://proxy.test:1');
    expect(proxyFromList('PROXY a.test:8080; DIRECT')).toBe('http://a.test:8080');
    expect(proxyFromList('SOCKS5 s.test:1; HTTPS b.test:443')).toBe('https://b.test:443');
    expect(proxyFromList('DIRECT')).toBeNull();
    // The list of the system leaves out user name and password.
    const named = { https_proxy: 'http://ada:pass@a.test:8080' };
    expect(systemProxyOf('PROXY a.test:8080', 'https://as.test/', named)).toBe('http://ada:pass@a.test:8080');
    expect(systemProxyOf('PROXY b.test:8080', 'https://as.test/', named)).toBe('http://b.test:8080');
    expect(systemProxyOf('DIRECT', 'https://as.test/', named)).toBe('http://ada:pass@a.test:8080');
    expect(systemProxyOf('DIRECT', 'https://as.test/', {})).toBeNull();
  });

  it('reads any list and never throws', () => {
    fc.assert(fc.property(fc.string(), fc.webUrl(), (list, url) => {
      proxyFromList(list);
      systemProxyOf(list, url, { https_proxy: url, http_proxy: list });
      proxyFromEnvironment(url, { https_proxy: list, http_proxy: list, no_proxy: list });
      return true;
    }));
  });
});
