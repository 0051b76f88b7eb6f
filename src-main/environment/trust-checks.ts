import { X509Certificate } from 'node:crypto';
import type { Environment, Problem } from '../contract/index.ts';
import { httpUrlOf, isLoopback, quotedUrl } from './hosts.ts';

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * What is wrong with the certificates and the way to the servers that an environment names.
 *
 * @param now milliseconds since 1970
 */
export function trustChecks({ trust, provider }: Pick<Environment, 'trust' | 'provider'>, now = Date.now()): Problem[] {
  const certificates = trust?.ca?.match(block) ?? [];
  const problems = certificates.flatMap((pem, index) => certificateProblems(pem, certificates.length > 1 ? `Certificate ${index + 1} of the further authority` : 'The certificate of the further authority', now));
  const issuer = provider.kind === 'discovery' ? httpUrlOf(provider.issuer) : null;
  if (trust?.proxy?.kind === 'explicit' && issuer && isLoopback(issuer)) {
    problems.push({ code: 'proxy-not-used', message: 'The proxy is not used: the issuer is on this machine.', why: 'A proxy would reach its own loopback, not this one.', next: 'Nothing, unless you expected the proxy to be passed.', field: 'trust.proxy' });
  }
  return problems;
}

function certificateProblems(pem: string, which: string, now: number): Problem[] {
  const field = 'trust.ca';
  const certificate = read(pem);
  if (certificate === null) {
    return [{ code: 'ca-unreadable', message: `${which} cannot be read.`, why: 'Between its BEGIN and END lines stands no X.509 certificate. Every https request would fail.', next: 'Paste it again, whole; or export it as PEM (Base64) anew.', field }];
  }
  const name = quotedUrl(certificate.subject.replaceAll('\n', ', ') || 'without a subject');
  const [from, to] = [certificate.validFrom, certificate.validTo].map((text) => Date.parse(text)) as [number, number];
  if (to < now) return [{ code: 'ca-expired', message: `${which} has expired.`, why: `${name} was valid until ${certificate.validTo}.`, next: 'Paste the certificate that follows it.', field }];
  if (from > now) return [{ code: 'ca-not-yet-valid', message: `${which} is not valid yet.`, why: `${name} is valid from ${certificate.validFrom}.`, next: 'Check the clock of this machine.', field }];
  // OpenSSL takes a certificate for an anchor only where it is its own issuer, unless partial chains are asked for.
  if (!certificate.checkIssued(certificate)) {
    return [{ code: 'ca-not-root', message: `${which} was issued by another one.`, why: `${name} names ${quotedUrl(certificate.issuer.replaceAll('\n', ', '))} as its issuer; a chain is trusted only where it ends at a root.`, next: 'Paste the root certificate too.', field }];
  }
  return [];
}

function read(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}
