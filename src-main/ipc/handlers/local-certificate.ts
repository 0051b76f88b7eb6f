import { X509Certificate } from 'node:crypto';
import type { LocalCertificateView } from '../../contract/index.ts';
import { ok, unreachable } from '../../contract/index.ts';
import type { LocalCertificates } from '../../local-certificates.ts';
import type { Handlers } from '../channels.ts';

/** The certificate of the https redirect listener. Only its public half goes to the window. */
export function localCertificateHandlers(certificates: LocalCertificates): Pick<Handlers, 'redirect.certificate'> {
  return {
    'redirect.certificate': async (wanted) => {
      if (wanted.act === 'renew') {
        const forgotten = await certificates.forget();
        if (!forgotten.ok) return forgotten;
      }
      const given = wanted.act === 'give' ? await certificates.give(wanted.pem) : wanted.act === 'show' || wanted.act === 'renew' ? await certificates.current() : unreachable(wanted);
      return given.ok ? ok(viewOf(given.value.cert)) : given;
    },
  };
}

function viewOf(pem: string): LocalCertificateView {
  const certificate = new X509Certificate(pem);
  return {
    subject: certificate.subject, selfSigned: certificate.checkIssued(certificate), altNames: certificate.subjectAltName ?? '', validTo: certificate.validToDate.toISOString(),
    fingerprint256: certificate.fingerprint256, pem,
  };
}
