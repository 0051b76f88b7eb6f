import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeLocalCertificate } from '../../src-main/flow/index.ts';
import { localCertificateHandlers } from '../../src-main/ipc/handlers/local-certificate.ts';
import { LocalCertificates } from '../../src-main/local-certificates.ts';
import { openVault } from '../../src-main/vault/index.ts';
import { filesWith } from '../support/keyring/canary.ts';
import { ScriptedKeychain } from '../support/keyring/scripted-keychain.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'local-certificate-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const valueOf = <T>(result: { ok: true; value: T } | { ok: false; problem: { code: string } }): T => {
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
};

describe('the certificate of the https redirect listener', () => {
  it('is made once, outlives a restart, and its key stands nowhere in the clear', async () => {
    const keychain = new ScriptedKeychain();
    const first = valueOf(await new LocalCertificates(await openVault({ keychain, folder })).current());
    const again = valueOf(await new LocalCertificates(await openVault({ keychain, folder })).current());
    expect(again.cert.trim()).toBe(first.cert.trim());
    expect(filesWith(folder, [first.key.split('\n')[1] as string])).toEqual([]);
  });

  it('is for every loopback name and for a server alone', async () => {
    const { cert } = makeLocalCertificate();
    const certificate = new X509Certificate(cert);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect([certificate.checkIP('127.0.0.1'), certificate.checkIP('::1'), certificate.checkHost('example.com')]).toEqual(['127.0.0.1', '::1', undefined]);
    expect([certificate.ca, certificate.keyUsage]).toEqual([false, ['1.3.6.1.5.5.7.3.1']]);
  });

  it('can be given and made anew from the window, which never gets the key', async () => {
    const certificates = new LocalCertificates(await openVault({ keychain: new ScriptedKeychain(), folder }));
    const handlers = localCertificateHandlers(certificates);
    const given = makeLocalCertificate();
    const shown = valueOf(await handlers['redirect.certificate']({ act: 'give', pem: `${given.cert}${given.key}` }));
    expect(shown).toMatchObject({ pem: expect.stringContaining('BEGIN CERTIFICATE'), selfSigned: true, fingerprint256: new X509Certificate(given.cert).fingerprint256 });
    expect(JSON.stringify(shown)).not.toContain('PRIVATE');
    expect(valueOf(await handlers['redirect.certificate']({ act: 'show' })).fingerprint256).toBe(shown.fingerprint256);
    const refused = await handlers['redirect.certificate']({ act: 'give', pem: given.cert });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'certificate-unreadable', field: 'redirect.certificate' } });
    expect(valueOf(await handlers['redirect.certificate']({ act: 'renew' })).fingerprint256).not.toBe(shown.fingerprint256);
  });
});
