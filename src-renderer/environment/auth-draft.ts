import type { Environment } from '../../src-main/contract/environment.ts';
import type { ClientAuthOptions, MacAlgorithm, SigningAlgorithm } from '../../src-main/contract/options/client-auth.ts';
import type { DpopOptions } from '../../src-main/contract/options/dpop.ts';
import { usesCertificate } from '../../src-main/contract/read/client-auth.ts';

/** How the client authenticates and what its tokens are bound to, while it is typed. */
export interface AuthDraft {
  basicEncoding: 'form' | 'raw';
  mac: MacAlgorithm;
  /** Empty where the key's own counts. */
  alg: SigningAlgorithm | '';
  kidMode: 'own' | 'typed' | 'none';
  kid: string;
  audience: 'issuer' | 'token_endpoint' | 'both' | 'typed';
  typedAudience: string;
  lifetime: number | null;
  /** PEM; empty where there is none. */
  certificate: string;
  /** A certificate beside another method, to bind tokens to. */
  bind: 'off' | 'on';
  dpop: 'off' | 'run' | 'environment';
  dpopAlg: SigningAlgorithm;
}

type Stored = Pick<Environment, 'clientAuth' | 'dpop'>;

export function authDraftOf({ clientAuth = {}, dpop }: Stored = {}): AuthDraft {
  const { assertion = {}, certificate = '' } = clientAuth;
  return {
    basicEncoding: clientAuth.basicEncoding ?? 'form', mac: assertion.mac ?? 'HS256', alg: assertion.alg ?? '',
    kidMode: assertion.kid === undefined ? 'own' : assertion.kid === '' ? 'none' : 'typed', kid: assertion.kid ?? '',
    audience: assertion.audience ?? 'issuer', typedAudience: assertion.typedAudience ?? '', lifetime: assertion.lifetime ?? null,
    certificate, bind: certificate === '' ? 'off' : 'on',
    dpop: dpop ? (dpop.key ?? 'run') : 'off', dpopAlg: dpop?.alg ?? 'ES256',
  };
}

/** What would be saved; only what differs from the default, so that an environment that says nothing stays as short as it was. */
export function authOf(draft: AuthDraft, authMethod: string): { clientAuth?: ClientAuthOptions; dpop?: DpopOptions } {
  const assertion = {
    ...(draft.alg !== '' && { alg: draft.alg }), ...(draft.mac !== 'HS256' && { mac: draft.mac }),
    ...(draft.kidMode !== 'own' && { kid: draft.kidMode === 'none' ? '' : draft.kid }),
    ...(draft.audience !== 'issuer' && { audience: draft.audience }), ...(draft.audience === 'typed' && { typedAudience: draft.typedAudience }),
    ...(draft.lifetime !== null && { lifetime: draft.lifetime }),
  };
  const shows = draft.certificate !== '' && (usesCertificate(authMethod) || draft.bind === 'on');
  const clientAuth = {
    ...(draft.basicEncoding !== 'form' && { basicEncoding: draft.basicEncoding }),
    ...(Object.keys(assertion).length > 0 && { assertion }),
    ...(shows && { certificate: draft.certificate }),
  };
  return {
    ...(Object.keys(clientAuth).length > 0 && { clientAuth }),
    ...(draft.dpop !== 'off' && { dpop: { alg: draft.dpopAlg, ...(draft.dpop === 'environment' && { key: draft.dpop }) } }),
  };
}
