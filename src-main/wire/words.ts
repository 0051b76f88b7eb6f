import type { Problem } from '../contract/index.ts';
import type { FailureCode, WireFailure } from './failures.ts';

interface Words { message: string; why: string; next: string }

/** The failure in words for a person. `host` is the host and port that was asked. */
export function problemOf(failure: WireFailure, host: string): Problem {
  const words: Record<FailureCode, Words> = {
    'invalid-url': { message: 'This is not a URL a request can be sent to.', why: failure.message, next: 'Correct the URL in the environment.' },
    'invalid-header': { message: 'A value cannot stand in an HTTP header.', why: failure.message, next: 'Take line breaks, control characters and characters beyond Latin-1 out of it.' },
    'invalid-method': { message: 'This is not an HTTP method.', why: failure.message, next: 'Use GET or POST.' },
    'invalid-trust': { message: 'A certificate given for this connection cannot be used.', why: failure.message, next: 'Give authorities and client certificates as PEM, and with the client certificate its own key.' },
    'name-not-found': { message: `The name ${host} was not found.`, why: 'DNS knows no such host, or there is no network.', next: 'Check the host for typing errors and the network or VPN.' },
    'connection-refused': { message: `${host} refused the connection.`, why: 'Nothing listens on that port, or a firewall rejects it.', next: 'Check host and port, and whether the server is running.' },
    'connection-reset': { message: `${host} reset the connection.`, why: 'The server or something between closed it in the middle.', next: 'Try again; if it stays, look at proxies and TLS requirements.' },
    'connection-closed': { message: `${host} closed the connection before the answer was complete.`, why: failure.message, next: 'What came is kept. Try again.' },
    'network-unreachable': { message: `There is no route to ${host}.`, why: 'This machine has no network that leads there.', next: 'Check the network, VPN and IPv6.' },
    'proxy-refused': { message: `The proxy opened no tunnel to ${host}.`, why: failure.message, next: 'Look at the proxy of the environment. 407: it wants a user name and password. 403: many open tunnels to port 443 alone.' },
    'proxy-unreachable': { message: 'The proxy could not be reached.', why: failure.message, next: 'Look at the proxy of the environment, or choose none.' },
    'tls-untrusted': { message: `TLS: the certificate of ${host} is not trusted.`, why: `Its chain does not end at a certificate authority this machine knows (${failure.message}).`, next: 'Have the server send its intermediate certificates, or install the private CA on this machine.' },
    'tls-self-signed': { message: `TLS: the certificate of ${host} is self-signed.`, why: `Nobody this machine trusts vouches for it (${failure.message}).`, next: 'Use a certificate of a CA this machine knows.' },
    'tls-expired': { message: `TLS: the certificate of ${host} has expired.`, why: `Its validity is over, or this machine's clock is wrong (${failure.message}).`, next: 'Renew the certificate at the server; check the clock here.' },
    'tls-not-yet-valid': { message: `TLS: the certificate of ${host} is not valid yet.`, why: `Its validity begins later, or this machine's clock is wrong (${failure.message}).`, next: 'Check the clock here and at the server.' },
    'tls-wrong-host': { message: `TLS: the certificate is not for ${host}.`, why: failure.message, next: 'Use the name that stands in the certificate, or have one issued for this name.' },
    'tls-revoked': { message: `TLS: the certificate of ${host} was revoked.`, why: failure.message, next: 'Have a new certificate issued for the server.' },
    'tls-pin-changed': { message: `TLS: ${host} shows another certificate than the one you accepted.`, why: `${failure.message}. The server was given a new one, or somebody is between it and you.`, next: 'Ask the owner of the server for the fingerprint; accept the new certificate, or take the exception back in the environment.' },
    'tls-no-http1': { message: `TLS: ${host} does not offer HTTP/1.1.`, why: `It ended the handshake over the protocol to speak (${failure.message}).`, next: 'Enable HTTP/1.1 beside HTTP/2 at the server, or use a proxy that speaks both.' },
    'tls-client-certificate': { message: `TLS: ${host} wants a client certificate that it trusts.`, why: `It ended the connection without one, or does not take the one it was shown (${failure.message}).`, next: 'Give the environment the certificate and key that the server knows (RFC 8705), or use an endpoint that does not ask for mutual TLS.' },
    'tls-protocol': { message: `TLS: ${host} offers no version this app accepts.`, why: `TLS 1.2 or newer is needed (${failure.message}).`, next: 'Enable TLS 1.2 or 1.3 at the server.' },
    'tls-not-tls': { message: `TLS: ${host} does not speak TLS on this port.`, why: `It answered with something else (${failure.message}).`, next: 'Use http:// if that is what the server speaks, or another port.' },
    'tls-failed': { message: `TLS: the handshake with ${host} failed.`, why: failure.message, next: 'Look at the server\'s TLS settings and log.' },
    'time-limit-connect': { message: `${host} did not accept a connection in time.`, why: `${failure.message}.`, next: 'Check firewall and VPN, and whether the port speaks what the URL says.' },
    'time-limit-idle': { message: `${host} went silent in the middle of the exchange.`, why: failure.message, next: 'What came is kept. Try again, or raise the limit in the environment.' },
    'time-limit-tls': { message: `TLS: the handshake with ${host} took too long.`, why: failure.message, next: 'Check whether that port speaks TLS, or raise the limit in the environment.' },
    'time-limit-first-byte': { message: `${host} did not begin to answer in time.`, why: failure.message, next: 'The request was sent. Try again, or raise the limit in the environment.' },
    'time-limit-body': { message: `${host} did not finish its answer in time.`, why: failure.message, next: 'What came is kept. Try again, or raise the limit in the environment.' },
    'time-limit-total': { message: `${host} did not answer completely in time.`, why: failure.message, next: 'What came is kept. Try again, or raise the limit in the environment.' },
    cancelled: { message: 'You cancelled this request.', why: 'What was sent and received until then is kept.', next: 'Run again when you like.' },
    'response-too-large': { message: `The answer of ${host} is too large.`, why: failure.message, next: 'An OAuth answer is a few kilobytes; this is probably another kind of page. Its beginning is kept.' },
    'content-decoding-failed': { message: 'The body could not be decoded.', why: failure.message, next: 'The raw bytes are kept; the server\'s Content-Encoding does not fit them.' },
    'malformed-response': { message: `The answer of ${host} is not well-formed HTTP.`, why: failure.message, next: 'The bytes are kept. If they are of another protocol, check the port.' },
    network: { message: `The exchange with ${host} failed.`, why: failure.message, next: 'Try again.' },
  };
  return { code: failure.code, ...words[failure.code], ...(failure.field !== undefined && { field: failure.field }) };
}
