import { X509Certificate } from 'node:crypto';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { TlsFacts } from '../contract/index.ts';
import { printable } from './decode.ts';
import { tlsCode, WireFailure } from './failures.ts';
import type { Trust } from './trust.ts';

/** What is known of a finished handshake, whether the certificate is trusted or not. */
export function factsOf(socket: TLSSocket, trust?: Trust): TlsFacts {
  const own = trust?.clientCertificate && new X509Certificate(trust.clientCertificate.cert);
  const certificate = socket.getPeerCertificate();
  // Declared an Error, in truth the code as text.
  const error: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    alpn: typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null,
    authorized: socket.authorized,
    ...(!socket.authorized && { authorizationError: error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error) }),
    ...(own && { clientCertificate: { subject: own.subject.replaceAll('\n', ', '), fingerprint256: own.fingerprint256 } }),
    certificate: Object.keys(certificate).length === 0 ? null : certificateFacts(certificate),
  };
}

/** @returns why nothing may be sent on this connection; `null` where it may */
export function judge(facts: TlsFacts, trust: Trust | undefined): WireFailure | null {
  const pinned = trust?.pinnedFingerprint256?.toUpperCase();
  if (pinned !== undefined) {
    const shown = facts.certificate?.fingerprint256.toUpperCase();
    // Also where an authority vouches for the new one: the person accepted that certificate for this host, and no other.
    return shown === pinned ? null : new WireFailure('tls-pin-changed', `Accepted was ${pinned}, shown was ${shown ?? 'none'}`);
  }
  if (facts.authorized) return null;
  const error = facts.authorizationError ?? 'not authorized';
  const code = tlsCode(error);
  return new WireFailure(code, reason(code, facts.certificate, error));
}

function reason(code: string, certificate: TlsFacts['certificate'], error: string): string {
  if (certificate === null) return error;
  if (code === 'tls-wrong-host') return `It is for ${printable(certificate.altNames ?? certificate.subject)}.`;
  if (code === 'tls-expired') return `It was valid until ${printable(certificate.validTo)}; ${error}`;
  if (code === 'tls-not-yet-valid') return `It is valid from ${printable(certificate.validFrom)}; ${error}`;
  return `issued by ${printable(certificate.issuer)}; ${error}`;
}

function certificateFacts(certificate: PeerCertificate): NonNullable<TlsFacts['certificate']> {
  return {
    subject: nameOf(certificate.subject), issuer: nameOf(certificate.issuer),
    ...(certificate.subjectaltname !== undefined && { altNames: certificate.subjectaltname }),
    validFrom: certificate.valid_from, validTo: certificate.valid_to, fingerprint256: certificate.fingerprint256,
  };
}

function nameOf(name: object | undefined): string {
  return Object.entries(name ?? {}).map(([key, value]) => `${key}=${String(value)}`).join(', ');
}
