import type { KeyObject } from 'node:crypto';
import { createPublicKey, randomBytes, sign } from 'node:crypto';
import { bitString, boolean, context, explicit, integer, objectId, octets, sequence, set, text, time } from './der.ts';

const YEARS = 2;

const signatures = {
  rsa: { oid: '1.2.840.113549.1.1.11', hash: 'sha256', parameters: [Buffer.from([0x05, 0x00])] },
  ec: { oid: '1.2.840.10045.4.3.2', hash: 'sha256', parameters: [] },
  ed25519: { oid: '1.3.101.112', hash: null, parameters: [] },
} as const;

/** Names, and addresses as 4 or 16 bytes. */
export interface Hosts { names: readonly string[]; addresses: readonly Buffer[] }

/**
 * A certificate that vouches for itself, for `self_signed_tls_client_auth`: X.509 v3, valid for two years from yesterday, for TLS clients only.
 *
 * @param name common name
 * @param hosts makes it one for a TLS server of these names and addresses instead (RFC 5280 §4.2.1.6)
 * @returns PEM
 * @throws RangeError for keys that are none of RSA, EC, Ed25519
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function selfSigned(key: KeyObject, name: string, now = Date.now(), hosts?: Hosts): string {
  const signature = signatures[key.asymmetricKeyType as keyof typeof signatures];
  if (signature === undefined) throw new RangeError('This kind of key signs no certificate');
  const algorithm = sequence(objectId(signature.oid), ...signature.parameters);
  const named = sequence(set(sequence(objectId('2.5.4.3'), text(name))));
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))), integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])), algorithm, named,
    sequence(time(now - 86_400_000), time(now + YEARS * 365 * 86_400_000)), named,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(
      sequence(objectId('2.5.29.19'), boolean(true), octets(sequence())),
      // digitalSignature; left out for a server, because OpenSSL takes no certificate that may not sign certificates as its own issuer.
      ...(hosts ? [] : [sequence(objectId('2.5.29.15'), boolean(true), octets(bitString(Buffer.from([0x80]), 7)))]),
      // serverAuth or clientAuth.
      sequence(objectId('2.5.29.37'), octets(sequence(objectId(hosts ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2')))),
      ...(hosts ? [sequence(objectId('2.5.29.17'), octets(sequence(...hosts.names.map((host) => context(2, Buffer.from(host))), ...hosts.addresses.map((bytes) => context(7, bytes)))))] : []),
    )),
  );
  const der = sequence(body, algorithm, bitString(sign(signature.hash, body, key)));
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}
