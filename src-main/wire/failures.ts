/** Why an exchange has no complete answer. Stable; `words.ts` says each to a person. */
export type FailureCode =
  | 'invalid-url' | 'invalid-header' | 'invalid-method' | 'invalid-trust'
  | 'name-not-found' | 'connection-refused' | 'connection-reset' | 'connection-closed' | 'network-unreachable' | 'network'
  | 'tls-untrusted' | 'tls-self-signed' | 'tls-expired' | 'tls-not-yet-valid' | 'tls-wrong-host' | 'tls-revoked' | 'tls-pin-changed'
  | 'proxy-refused' | 'proxy-unreachable'
  | 'tls-protocol' | 'tls-no-http1' | 'tls-client-certificate' | 'tls-not-tls' | 'tls-failed'
  | 'time-limit-tls' | 'time-limit-first-byte' | 'time-limit-body'
  | 'time-limit-connect' | 'time-limit-idle' | 'time-limit-total' | 'cancelled'
  | 'response-too-large' | 'content-decoding-failed' | 'malformed-response';

/** A failure before or during an exchange, by its code. */
export class WireFailure extends Error {
  readonly code: FailureCode;
  /** The header it belongs to. */
  readonly field: string | undefined;

  /** @param detail a short sentence or a code of the platform; holds no value of the request */
  constructor(code: FailureCode, detail?: string, field?: string) {
    super(detail ?? code);
    this.name = 'WireFailure';
    this.code = code;
    this.field = field;
  }
}

/** Verdicts of certificate verification. @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const verdicts: Readonly<Record<string, FailureCode>> = {
  CERT_HAS_EXPIRED: 'tls-expired', CERT_NOT_YET_VALID: 'tls-not-yet-valid', ERR_TLS_CERT_ALTNAME_INVALID: 'tls-wrong-host',
  HOSTNAME_MISMATCH: 'tls-wrong-host', DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-self-signed', CERT_REVOKED: 'tls-revoked',
};

/** OpenSSL and BoringSSL name handshake errors differently; Electron has the latter, so both are looked for by their words. */
const handshakeWords: readonly (readonly [RegExp, FailureCode])[] = [
  [/NO_APPLICATION_PROTOCOL/, 'tls-no-http1'],
  [/CERTIFICATE_REQUIRED|ALERT_(?:UNKNOWN_CA|ACCESS_DENIED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_)/, 'tls-client-certificate'],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|HTTPS_PROXY_REQUEST|UNEXPECTED_RECORD|DATA_LENGTH_TOO_LONG|BAD_RECORD_TYPE|INVALID_RECORD/, 'tls-not-tls'],
  [/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW|NO_PROTOCOLS/, 'tls-protocol'],
];

const byCode: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'name-not-found', EAI_AGAIN: 'name-not-found', EAI_NODATA: 'name-not-found', EAI_NONAME: 'name-not-found',
  ECONNREFUSED: 'connection-refused', ECONNRESET: 'connection-reset', ECONNABORTED: 'connection-reset', EPIPE: 'connection-reset',
  ENETUNREACH: 'network-unreachable', EHOSTUNREACH: 'network-unreachable', ENETDOWN: 'network-unreachable', EADDRNOTAVAIL: 'network-unreachable',
  ETIMEDOUT: 'time-limit-connect', EPROTO: 'tls-failed',
  UND_ERR_SOCKET: 'connection-closed', UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connection-closed',
  UND_ERR_HEADERS_OVERFLOW: 'response-too-large', UND_ERR_INVALID_ARG: 'invalid-header', UND_ERR_NOT_SUPPORTED: 'invalid-header',
};

/** The failure behind a verdict or handshake error of Node's TLS. */
export function tlsCode(code: string): FailureCode {
  const verdict = verdicts[code];
  if (verdict !== undefined) return verdict;
  if (!/^ERR_(SSL|OSSL)/.test(code)) return 'tls-untrusted';
  return handshakeWords.find(([words]) => words.test(code))?.[1] ?? 'tls-failed';
}

/** The failure behind whatever the network or the client threw. */
export function failureOf(error: unknown): WireFailure {
  if (error instanceof WireFailure) return error;
  const { code, message, cause, name } = (error ?? {}) as { code?: unknown; message?: string; cause?: unknown; name?: string };
  // undici closes the connection with such a "socket error" where it does not accept a status code or a change of protocol.
  if (code === 'UND_ERR_SOCKET' && /^bad /.test(message ?? '')) return new WireFailure('malformed-response', `${String(message)}: not a status a client has to expect`);
  if (name === 'HTTPParserError' || (typeof code === 'string' && code.startsWith('HPE_'))) return new WireFailure('malformed-response', message);
  if (typeof code === 'string') {
    const known = byCode[code] ?? (/^ERR_(SSL|OSSL|TLS)/.test(code) ? tlsCode(code) : undefined);
    if (known !== undefined) return new WireFailure(known, known.startsWith('tls') ? code : message);
  }
  return cause === undefined ? new WireFailure('network', message) : failureOf(cause);
}
