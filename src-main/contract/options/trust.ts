import { z } from 'zod';

const fingerprint = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/i, 'A SHA-256 fingerprint: 32 bytes as hex with colons');
const host = z.string().min(1).max(260).regex(/^[A-Za-z0-9.\-[\]:]+$/, 'A host name, with its port where it is not the usual one');

/** How the servers of an environment are reached and trusted, beyond what this machine does by itself. */
export const trustOptionsSchema = z.object({
  /** PEM certificates of further authorities; also a server's own. */
  ca: z.string().max(200_000).regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/, 'Paste a certificate as PEM: it begins with -----BEGIN CERTIFICATE-----')
    // It would lie unsealed in the environment and in each file made of it.
    .refine((text) => !/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text), 'A private key stands in it: paste the certificate alone').optional(),
  /** Certificates the person accepted although nothing vouches for them: each for one host, and no other certificate there. */
  pinned: z.array(z.object({ host, fingerprint256: fingerprint })).max(50).optional(),
  /** `system` where it is not set. Never used for this machine itself. */
  proxy: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('system') }),
    // A password would lie in the open in the environment.
    z.object({ kind: z.literal('explicit'), url: z.string().max(500).refine((value) => {
      if (!URL.canParse(value)) return false;
      const { protocol, username, password, hostname, pathname } = new URL(value);
      return /^https?:$/.test(protocol) && username === '' && password === '' && hostname !== '' && pathname === '/';
    }, 'An http:// or https:// address with host and port, without user name and path') }),
  ]).optional(),
});
export type TrustOptions = z.infer<typeof trustOptionsSchema>;

/** Hosts beyond the issuer's own that the person lets this environment's secrets go to. */
export const allowedHostsSchema = z.array(host).max(100);
