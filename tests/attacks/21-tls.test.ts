import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import type { TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { authority, hostileServer, selfSigned } from '../support/hostile-server/index.ts';
import type { Issued } from '../support/hostile-server/certificates.ts';
import type { RawServer } from '../support/hostile-server/raw-server.ts';
import { ask } from '../main/wire/requests.ts';

const ca = authority();
const ip = ['127.0.0.1'];
const good = ca.issue({ name: 'good', ip });
const bad: Record<string, Issued> = {
  'tls-expired': ca.issue({ name: 'expired', ip, from: -10, until: -1 }),
  'tls-not-yet-valid': ca.issue({ name: 'future', ip, from: 5, until: 10 }),
  'tls-wrong-host': ca.issue({ name: 'other.example', dns: ['other.example'] }),
  'tls-self-signed': selfSigned({ name: 'lonely', ip }),
  'tls-untrusted': authority('Nobody').issue({ name: 'stranger', ip }),
};
const trust = { ca: [ca.cert] };
const secret = { method: 'POST', body: 'client_secret=CANARY-secret' };
let server: RawServer | undefined;

async function serve(options: TlsOptions): Promise<RawServer> {
  await server?.stop();
  return server = await hostileServer(options);
}
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

describe('attack 21: TLS that must not be trusted', () => {
  it.each(Object.keys(bad))('%s: nothing is sent, the certificate is shown', async (code) => {
    const certificate = bad[code] ?? good;
    const at = await serve(certificate);
    const exchange = await ask(`${at.url}/html-200`, { trust, ...secret });
    expect(exchange.failure).toMatchObject({ code, message: expect.stringContaining('127.0.0.1') as string });
    expect([exchange.request, exchange.response]).toEqual(['', null]);
    expect(exchange.tls).toMatchObject({ authorized: false, certificate: { fingerprint256: new X509Certificate(certificate.der).fingerprint256 } });
    expect(exchange.tls?.authorizationError).toMatch(/^[A-Z_]+$/);
    await new Promise((next) => setTimeout(next, 20));
    expect(at.connections.map(({ received }) => received.length).filter((length) => length > 0)).toEqual([]);
  });

  it('without the further authority its certificate is not trusted', async () => {
    const at = await serve(good);
    expect((await ask(`${at.url}/html-200`, secret)).failure?.code).toBe('tls-untrusted');
    expect((await ask(`${at.url}/html-200`, { trust })).failure).toBeNull();
    // What one exchange trusts, the next does not.
    expect((await ask(`${at.url}/html-200`, secret)).failure?.code).toBe('tls-untrusted');
  });

  it.each(Object.keys(bad))('NODE_TLS_REJECT_UNAUTHORIZED=0 does not let %s pass', async (code) => {
    const at = await serve(bad[code] ?? good);
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await ask(`${at.url}/html-200`, { trust, ...secret })).failure?.code).toBe(code);
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it('a pinned fingerprint lets that one certificate pass and no other', async () => {
    const pinned = bad['tls-self-signed'] ?? good;
    const pinnedFingerprint256 = new X509Certificate(pinned.der).fingerprint256;
    const at = await serve(pinned);
    const exchange = await ask(`${at.url}/html-200`, { trust: { pinnedFingerprint256: pinnedFingerprint256.toLowerCase() } });
    expect(exchange).toMatchObject({ failure: null, response: { status: 200 }, tls: { authorized: false } });
    const other = await serve(selfSigned({ name: 'lonely', ip }));
    const refused = await ask(`${other.url}/html-200`, { trust: { pinnedFingerprint256 }, ...secret });
    expect(refused.failure).toMatchObject({ code: 'tls-pin-changed', why: expect.stringContaining(pinnedFingerprint256) as string });
    expect(refused.failure?.why).toContain(refused.tls?.certificate?.fingerprint256);
    expect([refused.request, other.connections.filter(({ received }) => received.length > 0)]).toEqual(['', []]);
  });

  it('a certificate in place of a pinned one is refused even where an authority vouches for it', async () => {
    const at = await serve(good);
    const pinnedFingerprint256 = new X509Certificate((bad['tls-self-signed'] ?? good).der).fingerprint256;
    expect((await ask(`${at.url}/html-200`, { trust })).failure).toBeNull();
    const refused = await ask(`${at.url}/html-200`, { trust: { ...trust, pinnedFingerprint256 }, ...secret });
    expect(refused).toMatchObject({ failure: { code: 'tls-pin-changed' }, request: '', response: null, tls: { authorized: true } });
  });

  it.each<[string, TlsOptions, RegExp]>([
    ['TLS 1.1 and older', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' }, /^tls-protocol$/],
    ['HTTP/2 only', { ALPNProtocols: ['h2'] }, /^tls-no-http1$/],
    ['a client certificate wanted', { requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' }, /^tls-(failed|client-certificate)$/],
  ])('%s', async (_name, options, code) => {
    const at = await serve({ ...good, ...options });
    const exchange = await ask(`${at.url}/html-200`, { trust, ...secret });
    expect(exchange.failure?.code).toMatch(code);
    expect([exchange.request, exchange.response]).toEqual(['', null]);
  });

  it('TLS 1.2 with http/1.1 agreed on', async () => {
    const at = await serve({ ...good, maxVersion: 'TLSv1.2', ALPNProtocols: ['h2', 'http/1.1'] });
    const exchange = await ask(`${at.url}/html-200`, { trust });
    expect(exchange).toMatchObject({ failure: null, tls: { protocol: 'TLSv1.2', alpn: 'http/1.1', authorized: true } });
  });

  it('a port that speaks no TLS', async () => {
    const web = createServer((_request, response) => response.end('x')).listen(0, '127.0.0.1');
    await new Promise((ready) => web.once('listening', ready));
    const exchange = await ask(`https://127.0.0.1:${(web.address() as { port: number }).port}/`);
    expect(exchange.failure?.code).toBe('tls-not-tls');
    await new Promise((closed) => web.close(closed));
  });

  it('a further authority that is no certificate is named before anything is sent', async () => {
    const at = await serve(good);
    const exchange = await ask(`${at.url}/html-200`, { trust: { ca: ['nonsense'] }, ...secret });
    expect(exchange.failure?.code).toBe('invalid-trust');
    expect(at.connections).toHaveLength(0);
  });
});
