import { createHash, X509Certificate } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import { createSecureContext, getCACertificates } from 'node:tls';
import { WireFailure } from './failures.ts';

/** Which certificates are accepted beside those of the authorities that Node carries and this machine knows. */
export interface Trust {
  /** PEM certificates of further authorities. */
  ca?: readonly string[];
  /**
   * SHA-256 fingerprint (hex with colons) of the one certificate the person accepted for this host although nothing vouches for it.
   * For that certificate alone: any other one is refused, also one that an authority vouches for.
   */
  pinnedFingerprint256?: string;
  /** An HTTP proxy to tunnel through: `http://` or `https://` URL. */
  proxy?: string;
  /** Shown to servers that ask for one (RFC 8705): the certificate with its chain, and its private key, both PEM. */
  clientCertificate?: { cert: string; key: string };
}

const contexts = new Map<string, SecureContext>();

/**
 * TLS 1.2 or newer with these authorities. Kept, because reading several hundred certificates takes longer than a whole exchange.
 *
 * @throws {WireFailure} `invalid-trust` where `ca` holds something that is not a certificate
 */
export function secureContextFor(trust: Trust | undefined): SecureContext {
  const further = trust?.ca ?? [];
  const own = trust?.clientCertificate;
  const key = [...further, own?.cert ?? '', own === undefined ? '' : createHash('sha256').update(own.key).digest('hex')].join('\n');
  let context = contexts.get(key);
  if (context === undefined) {
    // Naming any authority replaces Node's own list, so all of them are named.
    const ca = [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...further])];
    try {
      for (const pem of further) new X509Certificate(pem);
      context = createSecureContext({ minVersion: 'TLSv1.2', ca, ...own });
    } catch (error) {
      throw new WireFailure('invalid-trust', error instanceof Error ? error.message : undefined);
    }
    if (contexts.size >= 16) contexts.clear();
    contexts.set(key, context);
  }
  return context;
}
