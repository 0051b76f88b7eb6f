import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** Test certificates, made anew on every run so that no key lies in the repository. Just enough DER for X.509 v3 (RFC 5280). */
export interface Issued { cert: string; key: string; der: Buffer }

export interface Wanted {
  name: string;
  /** Host names and IPv4 addresses the certificate is for. */
  dns?: readonly string[];
  ip?: readonly string[];
  /** Days from now. */
  from?: number;
  until?: number;
  ca?: boolean;
}

export interface Authority extends Issued { issue(wanted: Wanted): Issued }

/** A certificate authority of its own; `cert` is what a client has to trust. */
export function authority(name = 'Test authority'): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const self = make({ name, ca: true }, keys, name, keys.privateKey);
  return {
    ...self,
    issue: (wanted) => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return make(wanted, own, name, keys.privateKey);
    },
  };
}

/** A certificate nobody else vouches for. */
export function selfSigned(wanted: Wanted): Issued {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return make(wanted, keys, wanted.name, keys.privateKey);
}

function make(wanted: Wanted, keys: { publicKey: KeyObject; privateKey: KeyObject }, issuer: string, issuerKey: KeyObject): Issued {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))), integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])), algorithm, nameOf(issuer),
    sequence(time(wanted.from ?? -1), time(wanted.until ?? 30)), nameOf(wanted.name),
    keys.publicKey.export({ type: 'spki', format: 'der' }), tlv(0xa3, sequence(...extensions(wanted))),
  );
  const der = sequence(body, algorithm, tlv(0x03, Buffer.from([0]), sign('sha256', body, issuerKey)));
  const cert = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  return { der, cert, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

function extensions({ ca = false, dns = [], ip = [] }: Wanted): Buffer[] {
  const list = [sequence(oid('2.5.29.19'), tlv(0x01, Buffer.from([0xff])), tlv(0x04, ca ? sequence(tlv(0x01, Buffer.from([0xff]))) : sequence()))];
  const names = [...dns.map((host) => tlv(0x82, Buffer.from(host))), ...ip.map((address) => tlv(0x87, Buffer.from(address.split('.').map(Number))))];
  if (names.length > 0) list.push(sequence(oid('2.5.29.17'), tlv(0x04, sequence(...names))));
  return list;
}

function nameOf(common: string): Buffer {
  return sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(common)))));
}

function time(days: number): Buffer {
  const text = new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return tlv(0x17, Buffer.from(`${text}Z`));
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tlv(0x06, Buffer.from(bytes));
}

function integer(value: Buffer): Buffer { return tlv(0x02, value); }
function sequence(...parts: Buffer[]): Buffer { return tlv(0x30, ...parts); }

function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const length = [...Buffer.from(value.length.toString(16).padStart(value.length > 0xff ? 4 : 2, '0'), 'hex')];
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length, ...length]), value]);
}
