import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { trustOptionsSchema } from '../../../src-main/contract/index.ts';
import { limitsOf, serverTrust } from '../../../src-main/flow/trust.ts';
import { send } from '../../../src-main/wire/index.ts';
import { authority, hostileServer, selfSigned } from '../../support/hostile-server/index.ts';

const ca = authority();
const ip = ['127.0.0.1'];

describe('the trust of an environment', () => {
  it('refuses what is no certificate, no fingerprint, and a proxy with a password in it', () => {
    for (const wrong of [
      { ca: 'hello' }, { pinned: [{ host: 'a.test', fingerprint256: 'AB:CD' }] }, { pinned: [{ host: 'a b', fingerprint256: `${'AA:'.repeat(31)}AA` }] },
      { proxy: { kind: 'explicit', url: 'http://ada:secret@proxy.test' } }, { proxy: { kind: 'explicit', url: 'socks5://proxy.test' } }, { proxy: { kind: 'explicit', url: 'http://proxy.test/path' } },
    ]) expect(trustOptionsSchema.safeParse(wrong).success, JSON.stringify(wrong).slice(0, 60)).toBe(false);
  });

  it('takes several authorities out of one text, and the pin of one host for that host alone', () => {
    const fingerprint256 = `${'AA:'.repeat(31)}AA`;
    const trust = { ca: `Root\n${ca.cert}\nIntermediate\n${authority('Two').cert}`, pinned: [{ host: 'as.test:8443', fingerprint256 }] };
    expect(serverTrust({ trust }, 'https://as.test:8443/token').ca).toHaveLength(2);
    expect(serverTrust({ trust }, 'https://AS.test:8443/token').pinnedFingerprint256).toBe(fingerprint256);
    expect(serverTrust({ trust }, 'https://as.test/token').pinnedFingerprint256).toBeUndefined();
    expect(serverTrust({}, 'https://as.test/token')).toEqual({});
  });

  it('a pinned certificate is taken, and another one at the same host refused, as is an authority that did not sign it', async () => {
    const [first, second] = [selfSigned({ name: 'one', ip }), selfSigned({ name: 'two', ip })];
    for (const { served, taken } of [{ served: first, taken: true }, { served: second, taken: false }]) {
      const server = await hostileServer({ cert: served.cert, key: served.key });
      const { host } = new URL(server.url);
      const trust = { pinned: [{ host, fingerprint256: new X509Certificate(first.der).fingerprint256 }] };
      const exchange = await send({ purpose: 'other', method: 'GET', url: `${server.url}/html-200`, headers: [], trust: serverTrust({ trust }, server.url) });
      expect(exchange.failure === null).toBe(taken);
      expect((await send({ purpose: 'other', method: 'GET', url: `${server.url}/html-200`, headers: [], trust: serverTrust({ trust: { ca: ca.cert } }, server.url) })).failure?.code).toBe('tls-self-signed');
      await server.stop();
    }
  });

  it('limits each phase as the environment says', () => {
    expect(limitsOf({ limits: { browser: 300, request: 20 } })).toEqual({ total: 20_000, idle: 20_000 });
    expect(limitsOf({ limits: { browser: 300, request: 20, connect: 3, silence: 7, tls: 2, firstByte: 4, body: 5 } })).toEqual({ total: 20_000, idle: 7000, connect: 3000, tls: 2000, firstByte: 4000, body: 5000 });
  });
});
