import type { Verdict } from '../contract/index.ts';
import type { Expected } from './expected.ts';
import { outcomeOf, shown, verdict } from './verdicts.ts';

type Claims = Record<string, unknown>;

/** The checks of who, for whom and in answer to what: `iss`, `sub`, `aud`, `azp`, `nonce`. */
export function checkParties(claims: Claims, expected: Expected): Verdict[] {
  return [checkIssuer(claims, expected.issuer), checkSubject(claims), checkAudience(claims, expected.clientId), checkParty(claims, expected.clientId), checkNonce(claims, expected.nonce)];
}

function checkIssuer(claims: Claims, issuer: string | undefined): Verdict {
  const section = 'OIDC Core §3.1.3.7 (2)';
  const { iss, tid } = claims;
  if (issuer === undefined) return verdict('iss', section, 'not-checked', { found: shown(iss), explanation: 'The environment names no issuer to compare with.' });
  // Entra's metadata for many tenants has a placeholder where the token names the tenant (https://learn.microsoft.com/entra/identity-platform/access-tokens#multitenant-applications).
  const forTenant = typeof tid === 'string' && /^[0-9a-f-]{36}$/i.test(tid) ? issuer.replace('{tenantid}', tid) : issuer;
  const passed = iss === forTenant;
  return verdict('iss', section, outcomeOf(passed), {
    expected: issuer, found: shown(iss),
    explanation: passed ? (forTenant === issuer ? undefined : 'The placeholder {tenantid} was filled in from the claim tid.') : nearMiss(issuer, iss),
  });
}

function nearMiss(issuer: string, iss: unknown): string | undefined {
  if (typeof iss !== 'string') return iss === undefined ? 'The claim is required.' : 'The claim must be text.';
  const bare = (text: string): string => text.replace(/\/+$/, '');
  if (bare(iss) === bare(issuer)) return 'They differ in a slash at the end, and the comparison is by character.';
  if (iss.toLowerCase() === issuer.toLowerCase()) return 'They differ in upper and lower case, and the comparison is by character.';
  if (`https://${iss}` === issuer) return 'The claim leaves out https://, and the comparison is by character.';
  return undefined;
}

function checkSubject({ sub }: Claims): Verdict {
  const passed = typeof sub === 'string' && sub !== '' && sub.length <= 255;
  return verdict('sub', 'OIDC Core §2', outcomeOf(passed), { expected: 'text of 1 to 255 characters', found: shown(sub) });
}

function checkAudience({ aud }: Claims, clientId: string): Verdict {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  const passed = audiences.includes(clientId);
  const others = audiences.filter((audience) => audience !== clientId);
  return verdict('aud', 'OIDC Core §3.1.3.7 (3)', outcomeOf(passed), {
    expected: clientId, found: shown(aud),
    explanation: passed ? (others.length > 0 ? `The token is for others too: ${shown(others)}. A client must reject it unless it trusts them.` : undefined)
      : 'The token was made for another client; check the client id and from which environment the token comes.',
  });
}

function checkParty({ aud, azp }: Claims, clientId: string): Verdict {
  const many = Array.isArray(aud) && aud.length > 1;
  const section = many ? 'OIDC Core §3.1.3.7 (4)' : 'OIDC Core §3.1.3.7 (5)';
  if (azp === undefined) {
    return many ? verdict('azp', section, 'failed', { expected: clientId, found: 'absent', explanation: 'With more than one audience the token should say to which client it was issued.' })
      : verdict('azp', section, 'not-checked', { found: 'absent', explanation: 'Not needed with one audience.' });
  }
  return verdict('azp', section, outcomeOf(azp === clientId), { expected: clientId, found: shown(azp) });
}

function checkNonce({ nonce: found }: Claims, nonce: string | undefined): Verdict {
  const section = 'OIDC Core §3.1.3.7 (11)';
  if (nonce === undefined) {
    return verdict('nonce', section, 'not-checked', { found: shown(found), explanation: 'There is no nonce of an authorization request to compare with.' });
  }
  return verdict('nonce', section, outcomeOf(found === nonce), {
    expected: nonce, found: shown(found),
    explanation: found === undefined ? 'The request sent a nonce, so the token must repeat it.' : found === nonce ? undefined : 'The token belongs to another authorization request, or was injected.',
  });
}
