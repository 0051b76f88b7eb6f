import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, createServer as createTcpServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../../src-main/contract/index.ts';
import { failureOf } from '../../../src-main/wire/failures.ts';
import type { Trust } from '../../../src-main/wire/index.ts';
import { send } from '../../../src-main/wire/index.ts';
import { authority, selfSigned } from '../../support/hostile-server/certificates.ts';

const [servers, clients] = [authority('Test servers'), authority('Test clients')];
const own = servers.issue({ name: 'server', ip: ['127.0.0.1'] });
const [known, other] = [clients.issue({ name: 'known client' }), clients.issue({ name: 'other client' })];
let server: Server;
let reached = 0;

beforeAll(async () => {
  server = createServer({ key: own.key, cert: own.cert, ca: [clients.cert], requestCert: true, rejectUnauthorized: true }, (request, response) => {
    reached += 1;
    response.end((request.socket as TLSSocket).getPeerX509Certificate()?.subject);
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

function ask(clientCertificate?: Trust['clientCertificate'], port = (server.address() as AddressInfo).port): Promise<Exchange> {
  return send({ purpose: 'token', method: 'GET', url: `https://127.0.0.1:${port}/`, headers: [], trust: { ca: [servers.cert], ...(clientCertificate && { clientCertificate }) }, limits: { total: 5000 } });
}

describe('a server that lets in only those with a certificate', () => {
  it.each([
    ['none', undefined], ['one nobody vouches for', (({ cert, key }) => ({ cert, key }))(selfSigned({ name: 'stranger' }))],
  ])('turns away a client with %s, and the exchange says why', async (_what, certificate) => {
    const before = reached;
    const exchange = await ask(certificate);
    expect(exchange.response).toBeNull();
    expect(exchange.failure?.code).toMatch(/^(tls-client-certificate|tls-failed|connection-reset|connection-closed)$/);
    expect(reached).toBe(before);
  });

  it('sends nothing where key and certificate are no pair, or no PEM', async () => {
    for (const pair of [{ cert: known.cert, key: other.key }, { cert: 'CANARY', key: 'CANARY-private_key' }]) {
      const exchange = await ask(pair);
      expect(exchange).toMatchObject({ request: '', failure: { code: 'invalid-trust' } });
      expect(JSON.stringify(exchange)).not.toContain('CANARY-private_key');
    }
  });

  it('lets each in by its own, whoever came before', async () => {
    const names: string[] = [];
    for (const { cert, key } of [known, other, known]) {
      const exchange = await ask({ cert, key });
      names.push(exchange.response?.body ?? '');
      expect(exchange.tls?.clientCertificate).toEqual({ subject: exchange.response?.body, fingerprint256: new X509Certificate(cert).fingerprint256 });
    }
    expect(names).toEqual(['CN=known client', 'CN=other client', 'CN=known client']);
  });

  it('what TLS says after the handshake is the reason, not the close that follows', async () => {
    const { port } = server.address() as AddressInfo;
    const before = reached;
    const between = createTcpServer((near) => {
      const far = connect(port, '127.0.0.1');
      near.on('data', (bytes) => { far.write(bytes); });
      // In place of the answer an alert that nobody sealed: the record cannot be opened.
      far.on('data', (bytes) => { if (reached > before) near.end(Buffer.from('15030300020230', 'hex')); else near.write(bytes); });
      for (const socket of [near, far]) socket.on('error', () => undefined);
      near.on('close', () => { far.destroy(); });
    });
    await new Promise<void>((listening) => { between.listen(0, '127.0.0.1', listening); });
    const exchange = await ask({ cert: known.cert, key: known.key }, (between.address() as AddressInfo).port);
    between.close();
    expect(exchange.failure).toMatchObject({ code: 'tls-failed', why: expect.stringMatching(/^ERR_SSL_/) });
  });

  it.each(['TLSV1_ALERT_UNKNOWN_CA', 'TLSV1_ALERT_CERTIFICATE_REQUIRED', 'SSLV3_ALERT_CERTIFICATE_EXPIRED', 'SSLV3_ALERT_BAD_CERTIFICATE', 'TLSV1_ALERT_ACCESS_DENIED'])('%s is about our certificate', (alert) => {
    expect(failureOf({ code: `ERR_SSL_${alert}`, message: alert }).code).toBe('tls-client-certificate');
  });
});
