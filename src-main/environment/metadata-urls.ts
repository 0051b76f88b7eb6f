import type { RunEventOf } from '../contract/index.ts';

export type MetadataSource = Exclude<RunEventOf<'metadata-read'>['source'], 'manual'>;
export interface Candidate { source: MetadataSource; url: string }

const OPENID = '/.well-known/openid-configuration';
const OAUTH = '/.well-known/oauth-authorization-server';

/**
 * The addresses at which an issuer may publish its metadata, likeliest first: OpenID Connect appends to the issuer, RFC 8414 inserts
 * before its path; then each document in the other's place, as some servers do.
 *
 * @param issuer absolute http(s) URL; a query or fragment is left out
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest
 * @see https://www.rfc-editor.org/rfc/rfc8414#section-3.1
 */
export function metadataCandidates(issuer: string): Candidate[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/+$/, '');
  const candidates: Candidate[] = [
    { source: 'openid-configuration', url: `${origin}${path}${OPENID}` },
    { source: 'oauth-authorization-server', url: `${origin}${OAUTH}${path}` },
    { source: 'openid-configuration', url: `${origin}${OPENID}${path}` },
    { source: 'oauth-authorization-server', url: `${origin}${path}${OAUTH}` },
  ];
  return path === '' ? candidates.slice(0, 2) : candidates;
}

/** The issuer meant by somebody who entered the address of the metadata document; `null` where that is not the case. */
export function issuerOfMetadataUrl(entered: string): string | null {
  const { origin, pathname } = new URL(entered);
  for (const suffix of [OPENID, OAUTH]) {
    if (pathname.endsWith(suffix)) return `${origin}${pathname.slice(0, -suffix.length)}`;
    if (pathname.startsWith(`${suffix}/`)) return `${origin}${pathname.slice(suffix.length)}`;
  }
  return null;
}
