import type { ClientAuthMethod } from '../environment.ts';
import type { KeyUse } from '../options/client-auth.ts';

/** Whether the method needs a client secret: those of RFC 6749 §2.3.1 and `client_secret_jwt` (OIDC Core §9). */
export function usesClientSecret(method: string): boolean {
  return method.startsWith('client_secret_');
}

/** Whether the client shows a certificate in the TLS handshake (RFC 8705 §2). */
export function usesCertificate(method: string): boolean {
  return method === 'tls_client_auth' || method === 'self_signed_tls_client_auth';
}

/** The private key the method needs; `null` where it needs none. */
export function keyUseOf(method: ClientAuthMethod): KeyUse | null {
  if (method === 'private_key_jwt') return 'signing';
  return usesCertificate(method) ? 'certificate' : null;
}
