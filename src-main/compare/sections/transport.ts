import type { Exchange } from '../../contract/exchange.ts';
import { durationText } from '../../contract/read/clock.ts';
import type { Line } from '../rows/line.ts';
import { byNature, telling } from '../tables/spec.ts';
import { line } from './lines.ts';

const time = byNature('duration');
const trust = telling('value', { why: 'a connection that is not trusted is refused before anything is sent', topics: ['connection'] });
const detail = byNature();
const protocol = telling('value', { why: 'old versions of TLS are refused by many clients', section: 'RFC 9325 §3.1', topics: ['connection'] });
const proxy = telling('value', { why: 'a proxy on the way can change or refuse the request', topics: ['connection'] });
const client = telling('presence', { why: 'the server recognises the client by its certificate', section: 'RFC 8705 §2', topics: ['client-auth', 'connection'] });

/** How long each phase took. Never says why something was refused. */
export function timingLines({ times }: Exchange): Line[] {
  const phases: [string, string, number | undefined, number | undefined][] = [
    ['connect', 'Name and connection', 0, times.connected], ['secure', 'TLS', times.connected, times.secured],
    ['wait', 'Waiting for the answer', times.sent, times.firstByte], ['read', 'Reading the answer', times.firstByte, times.ended], ['total', 'In all', 0, times.ended],
  ];
  return phases.flatMap(([key, label, from, to]) => (from === undefined || to === undefined ? [] : [line(key, label, time, { text: durationText(to - from), milliseconds: to - from })]));
}

/** What is known of the connection. */
export function tlsLines({ tls, connection }: Exchange): Line[] {
  return [
    ...(connection?.proxy === undefined ? [] : [line('proxy', 'Proxy', proxy, { text: connection.proxy })]),
    ...(connection ? [line('address', 'Address of the server', detail, { text: `${connection.remoteAddress}:${connection.remotePort}` })] : []),
    ...(tls ? [
      line('protocol', 'TLS version', protocol, { text: tls.protocol }),
      line('cipher', 'Cipher suite', detail, { text: tls.cipher }),
      line('alpn', 'ALPN', detail, { text: tls.alpn ?? 'none' }),
      line('authorized', 'Certificate', trust, { text: tls.authorized ? 'trusted' : 'not trusted', ...(tls.authorizationError !== undefined && { reading: tls.authorizationError }) }),
      ...(tls.clientCertificate ? [line('client-certificate', 'Client certificate', client, { text: tls.clientCertificate.subject })] : []),
      ...(tls.certificate ? [
        line('certificate-issuer', 'Issued by', detail, { text: tls.certificate.issuer }),
        line('certificate-subject', 'Issued to', detail, { text: tls.certificate.subject }),
        line('certificate-to', 'Valid until', detail, { text: tls.certificate.validTo }),
        line('certificate-fingerprint', 'Fingerprint (SHA-256)', detail, { text: tls.certificate.fingerprint256 }),
      ] : []),
    ] : []),
  ];
}
