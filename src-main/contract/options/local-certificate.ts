import { z } from 'zod';

/** Shows the certificate of the https redirect listener, makes a new one, or takes one with its key as PEM. The key never comes back. */
export const localCertificateSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('show') }),
  z.object({ act: z.literal('renew') }),
  z.object({ act: z.literal('give'), pem: z.string().min(1, 'Paste the certificate and its key').max(65_536) }),
]);

/** What a browser will be shown, so that a person can recognise it in the warning. */
export interface LocalCertificateView {
  subject: string;
  selfSigned: boolean;
  altNames: string;
  validTo: string;
  /** SHA-256 over the DER certificate, upper-case hex with colons. */
  fingerprint256: string;
  /** PEM of the certificate alone, to be trusted by hand. */
  pem: string;
}
