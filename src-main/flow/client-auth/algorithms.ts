import type { KeyObject } from 'node:crypto';
import type { SigningAlgorithm } from '../../contract/index.ts';

/** JOSE refuses less (RFC 7518 §3.3, §3.5). */
export const RSA_BITS = 2048;

const curves: Readonly<Record<string, SigningAlgorithm>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };
const rsa: readonly SigningAlgorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/** The algorithms a private key can sign with, the usual one first; none for keys that only agree on secrets or that JOSE has no name for. */
export function algorithmsOf(key: KeyObject): readonly SigningAlgorithm[] {
  switch (key.asymmetricKeyType) {
    case 'rsa': return rsa;
    case 'rsa-pss': return rsa.filter((alg) => alg.startsWith('PS'));
    case 'ec': {
      const alg = curves[key.asymmetricKeyDetails?.namedCurve ?? ''];
      return alg === undefined ? [] : [alg];
    }
    case 'ed25519': return ['EdDSA', 'Ed25519'];
    default: return [];
  }
}

/** The key in words, e.g. `an EC key on P-256`. */
export function keyWords(key: KeyObject): string {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa': return `an RSA key of ${modulusLength ?? '?'} bits`;
    case 'rsa-pss': return `an RSA-PSS key of ${modulusLength ?? '?'} bits`;
    case 'ec': return `an EC key on ${{ prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }[namedCurve ?? ''] ?? namedCurve ?? 'an unnamed curve'}`;
    default: return `a key of type ${key.asymmetricKeyType ?? 'unknown'}`;
  }
}

/** What an algorithm signs with, in words. */
export function neededKey(alg: SigningAlgorithm): string {
  if (alg.startsWith('RS') || alg.startsWith('PS')) return `an RSA key of ${RSA_BITS} bits or more`;
  if (alg === 'EdDSA' || alg === 'Ed25519') return 'an Ed25519 key';
  return `an EC key on ${{ ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }[alg as 'ES256']}`;
}
