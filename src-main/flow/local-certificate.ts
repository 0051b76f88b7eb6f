import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import type { Problem, Result } from '../contract/index.ts';
import { fail, ok } from '../contract/index.ts';
import type { LocalCertificate } from '../receiver/index.ts';
import { selfSigned } from './client-auth/self-signed.ts';

/** Makes a certificate for every way to write this machine's loopback address. The key is new and nobody else's. */
export function makeLocalCertificate(now = Date.now()): LocalCertificate {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    cert: selfSigned(privateKey, 'Grantscope redirect listener', now, { names: ['localhost'], addresses: [Buffer.from([127, 0, 0, 1]), Buffer.from([...new Array<number>(15).fill(0), 1])] }),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

/** Whether a certificate can still be shown: not within its last day. */
export function isCurrent({ cert }: LocalCertificate, now = Date.now()): boolean {
  const { validFromDate, validToDate } = new X509Certificate(cert);
  return validFromDate.getTime() <= now && now < validToDate.getTime() - 86_400_000;
}

/**
 * Reads a certificate (with its chain) and its private key out of PEM text, as tools such as mkcert write them.
 *
 * @returns `certificate-unreadable`, or `certificate-key-mismatch` where the two do not belong together; neither quotes the text
 */
export function readLocalCertificate(pem: string): Result<LocalCertificate> {
  const cert = (pem.match(/-----BEGIN CERTIFICATE-----[\s\S]{1,20000}?-----END CERTIFICATE-----/g) ?? []).join('\n');
  const key = /-----BEGIN (?:(?:RSA|EC) )?PRIVATE KEY-----[\s\S]{1,20000}?-----END (?:(?:RSA|EC) )?PRIVATE KEY-----/.exec(pem)?.[0] ?? '';
  if (cert === '' || key === '') return fail(unreadable);
  try {
    const own = createPrivateKey(key);
    if (!new X509Certificate(cert).checkPrivateKey(own)) return fail(mismatch);
    return ok({ cert, key: own.export({ type: 'pkcs8', format: 'pem' }) as string });
  } catch {
    return fail(unreadable);
  }
}

const unreadable: Problem = {
  code: 'certificate-unreadable', message: 'This is not a certificate with its private key in PEM.',
  next: 'Paste both: -----BEGIN CERTIFICATE----- … and -----BEGIN PRIVATE KEY----- … (not encrypted with a passphrase).', field: 'redirect.certificate',
};

const mismatch: Problem = {
  code: 'certificate-key-mismatch', message: 'The private key does not belong to this certificate.',
  next: 'Paste the key that was made together with the certificate.', field: 'redirect.certificate',
};
