import type { Problem } from '../contract/index.ts';

/** Why an exchange has no complete answer. */
export type FailureCode =
  | 'invalid-url' | 'invalid-header' | 'invalid-method' | 'name-not-found' | 'connection-refused' | 'connection-reset' | 'network-unreachable'
  | 'tls-untrusted' | 'tls-self-signed' | 'tls-expired' | 'tls-not-yet-valid' | 'tls-wrong-host' | 'tls-protocol' | 'tls-not-tls' | 'tls-failed'
  | 'time-limit-connect' | 'time-limit-idle' | 'time-limit-total' | 'cancelled' | 'response-too-large' | 'content-decoding-failed'
  | 'malformed-response' | 'connection-closed' | 'network';

/** A failure before or during an exchange, by its code. */
export class WireFailure extends Error {
  readonly code: FailureCode;
  constructor(code: FailureCode, detail?: string) {
    super(detail ?? code);
    this.code = code;
  }
}

const tlsByCode: Readonly<Record<string, FailureCode>> = {
  CERT_HAS_EXPIRED: 'tls-expired', CERT_NOT_YET_VALID: 'tls-not-yet-valid', ERR_TLS_CERT_ALTNAME_INVALID: 'tls-wrong-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-self-signed', SELF_SIGNED_CERT_IN_CHAIN: 'tls-self-signed', UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-untrusted', UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-untrusted', CERT_REVOKED: 'tls-untrusted',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls-not-tls', ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls-not-tls', ERR_SSL_HTTP_REQUEST: 'tls-not-tls',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls-protocol', ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls-protocol', EPROTO: 'tls-failed',
};

const networkByCode: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'name-not-found', EAI_AGAIN: 'name-not-found', EAI_NODATA: 'name-not-found', ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset', EPIPE: 'connection-reset', ENETUNREACH: 'network-unreachable', EHOSTUNREACH: 'network-unreachable',
  ETIMEDOUT: 'time-limit-connect', UND_ERR_SOCKET: 'connection-closed', UND_ERR_RESPONSE_STATUS_CODE: 'malformed-response',
  UND_ERR_INVALID_ARG: 'invalid-header', UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connection-closed', HPE_INVALID_CONSTANT: 'malformed-response',
};

/** The code of an authorization or handshake error of Node's TLS. */
export function tlsCode(code: string): FailureCode {
  return tlsByCode[code] ?? (code.startsWith('ERR_SSL') ? (code.includes('VERSION') || code.includes('PROTOCOL') ? 'tls-protocol' : 'tls-failed') : 'tls-untrusted');
}

/** The failure behind whatever the network or the client threw. */
export function failureOf(error: unknown): WireFailure {
  if (error instanceof WireFailure) return error;
  const { code, message, cause, name } = (error ?? {}) as { code?: unknown; message?: string; cause?: unknown; name?: string };
  if (cause instanceof WireFailure) return cause;
  if (typeof code === 'string') {
    const known = networkByCode[code] ?? (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code in tlsByCode ? tlsCode(code) : undefined);
    if (known) return new WireFailure(known, message);
    if (code.startsWith('HPE_')) return new WireFailure('malformed-response', message);
  }
  if (name === 'HTTPParserError') return new WireFailure('malformed-response', message);
  return cause === undefined ? new WireFailure('network', message) : failureOf(cause);
}

interface Words { message: string; why: string; next: string }

/** The failure in words for a person. `host` is the host and port that was asked. */
export function problemOf(failure: WireFailure, host: string): Problem {
  const words: Record<FailureCode, Words> = {
    'invalid-url': { message: 'This is not a URL a request can be sent to.', why: failure.message, next: 'Correct the URL in the environment.' },
    'invalid-header': { message: 'A value cannot stand in an HTTP header.', why: failure.message, next: 'Take line breaks, control characters and characters beyond Latin-1 out of it.' },
    'invalid-method': { message: 'This is not an HTTP method.', why: failure.message, next: 'Use GET or POST.' },
    'name-not-found': { message: `The name ${host} was not found.`, why: 'DNS knows no such host, or there is no network.', next: 'Check the host for typing errors and the network or VPN.' },
    'connection-refused': { message: `${host} refused the connection.`, why: 'Nothing listens on that port, or a firewall rejects it.', next: 'Check host and port, and whether the server is running.' },
    'connection-reset': { message: `${host} reset the connection.`, why: 'The server or something between closed it in the middle.', next: 'Try again; if it stays, look at proxies and TLS requirements.' },
    'connection-closed': { message: `${host} closed the connection before the answer was complete.`, why: failure.message, next: 'What came is kept. Try again.' },
    'network-unreachable': { message: `There is no route to ${host}.`, why: 'This machine has no network that leads there.', next: 'Check the network, VPN and IPv6.' },
    'tls-untrusted': { message: `TLS: the certificate of ${host} is not trusted.`, why: `Its chain does not end at a certificate authority this machine knows (${failure.message}).`, next: 'Have the server send its intermediate certificates, or install the private CA on this machine.' },
    'tls-self-signed': { message: `TLS: the certificate of ${host} is self-signed.`, why: `Nobody this machine trusts vouches for it (${failure.message}).`, next: 'Use a certificate of a CA this machine knows.' },
    'tls-expired': { message: `TLS: the certificate of ${host} has expired.`, why: `Its validity is over, or this machine's clock is wrong (${failure.message}).`, next: 'Renew the certificate at the server; check the clock here.' },
    'tls-not-yet-valid': { message: `TLS: the certificate of ${host} is not valid yet.`, why: `Its validity begins later, or this machine's clock is wrong (${failure.message}).`, next: 'Check the clock here and at the server.' },
    'tls-wrong-host': { message: `TLS: the certificate is not for ${host}.`, why: failure.message, next: 'Use the name that stands in the certificate, or have one issued for this name.' },
    'tls-protocol': { message: `TLS: ${host} offers no version this app accepts.`, why: `TLS 1.2 or newer is needed (${failure.message}).`, next: 'Enable TLS 1.2 or 1.3 at the server.' },
    'tls-not-tls': { message: `TLS: ${host} does not speak TLS on this port.`, why: `It answered with something else (${failure.message}).`, next: 'Use http:// if that is what the server speaks, or another port.' },
    'tls-failed': { message: `TLS: the handshake with ${host} failed.`, why: failure.message, next: 'Look at the server\'s TLS settings; it may want a client certificate.' },
    'time-limit-connect': { message: `${host} did not accept a connection in time.`, why: 'Packets are dropped on the way, or the server is overloaded.', next: 'Check firewall and VPN.' },
    'time-limit-idle': { message: `${host} went silent in the middle of the exchange.`, why: failure.message, next: 'What came is kept. Try again, or raise the limit in the environment.' },
    'time-limit-total': { message: `${host} did not answer completely in time.`, why: failure.message, next: 'What came is kept. Try again, or raise the limit in the environment.' },
    cancelled: { message: 'You cancelled this request.', why: 'What was sent and received until then is kept.', next: 'Run again when you like.' },
    'response-too-large': { message: `The answer of ${host} is too large.`, why: failure.message, next: 'An OAuth answer is a few kilobytes; this is probably another kind of page. Its beginning is kept.' },
    'content-decoding-failed': { message: 'The body could not be decoded.', why: failure.message, next: 'The raw bytes are kept; the server\'s Content-Encoding does not fit them.' },
    'malformed-response': { message: `${host} did not answer with HTTP.`, why: failure.message, next: 'Check the port: another service may be listening there. The bytes are kept.' },
    network: { message: `The exchange with ${host} failed.`, why: failure.message, next: 'Try again.' },
  };
  return { code: failure.code, ...words[failure.code] };
}
