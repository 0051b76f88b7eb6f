import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustOptionsSchema } from '../../../src-main/contract/index.ts';
import { setupChecks } from '../../../src-main/environment/checks.ts';
import { newEnvironment } from '../../../src-main/environment/index.ts';
import { trustChecks } from '../../../src-main/environment/trust-checks.ts';
import { authority, selfSigned } from '../../support/hostile-server/index.ts';

const provider = { kind: 'discovery' as const, issuer: 'https://as.test' };
const codes = (ca: string, now?: number) => trustChecks({ provider, trust: { ca } }, now).map(({ code, field }) => `${code} ${field}`);
const root = authority('Root');
const DAY = 86_400_000;

describe('the certificates an environment trusts', () => {
  it('refuses a private key beside the certificate, so that it is never kept in the open', () => {
    for (const key of [root.key, '-----BEGIN RSA PRIVATE KEY-----\nAA==\n-----END RSA PRIVATE KEY-----', '-----BEGIN ENCRYPTED PRIVATE KEY-----']) {
      expect(trustOptionsSchema.safeParse({ ca: `${root.cert}\n${key}` }).error?.issues[0]).toMatchObject({ path: ['ca'], message: expect.stringContaining('private key') as string });
    }
    expect(trustOptionsSchema.safeParse({ ca: root.cert }).success).toBe(true);
  });

  it('names what is no certificate, what is over or not begun, and what is no root', () => {
    expect(codes('-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----')).toEqual(['ca-unreadable trust.ca']);
    expect(codes(selfSigned({ name: 'over', ca: true, from: -10, until: -1 }).cert)).toEqual(['ca-expired trust.ca']);
    expect(codes(selfSigned({ name: 'soon', ca: true, from: 3, until: 9 }).cert)).toEqual(['ca-not-yet-valid trust.ca']);
    expect(codes(root.cert, Date.now() + 400 * DAY)).toEqual(['ca-expired trust.ca']);
    expect(codes(root.issue({ name: 'between', ca: true }).cert)).toEqual(['ca-not-root trust.ca']);
    expect(codes(root.cert)).toEqual([]);
    expect(codes(selfSigned({ name: 'the server itself', ip: ['127.0.0.1'] }).cert)).toEqual([]);
  });

  it('says which one of several it is', () => {
    const [problem, ...more] = trustChecks({ provider, trust: { ca: `Ours\n${root.cert}\n${selfSigned({ name: 'over', ca: true, from: -9, until: -1 }).cert}` } });
    expect(problem).toMatchObject({ code: 'ca-expired', message: expect.stringContaining('Certificate 2') as string, why: expect.stringContaining('CN=over') as string });
    expect(more).toEqual([]);
  });

  it('a proxy that is not used for this machine is said, and all of it stands among the setup checks', () => {
    const environment = newEnvironment({ name: 'Local', provider: { kind: 'discovery', issuer: 'http://127.0.0.1:8080' }, client: { id: 'app', authMethod: 'none' }, trust: { ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', proxy: { kind: 'explicit', url: 'http://proxy.test:3128' } } });
    expect(setupChecks({ environment, metadata: null, clientSecret: 'absent' }).map(({ code }) => code)).toEqual(['ca-unreadable', 'proxy-not-used']);
  });

  it('judges any text without throwing', () => {
    fc.assert(fc.property(fc.base64String(), fc.string(), (body, around) => {
      trustChecks({ provider, trust: { ca: `${around}-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----${around}` } });
      return true;
    }));
  });
});
