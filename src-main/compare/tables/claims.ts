import type { Judged, Seen, Spec } from '../rows/line.ts';
import { byNature, fresh, lifetimes, ofRegistration, personal, telling, unnamed } from './spec.ts';

const audience: Spec = telling('set', {
  why: 'who a token is not meant for has to refuse it', section: 'RFC 7519 §4.1.3', topics: ['resource', 'assertion'],
  judge: (seen) => (audienceIsClient(seen) ? { difference: seen.found === 'same' ? null : 'expected' } : ofRegistration(seen)),
});

/** Each column's token is for its own client: different only because the clients are. */
function audienceIsClient({ cells }: Seen): boolean {
  return cells.every(({ column, fact }) => fact !== null && column.client !== null && (fact.members ?? [fact.text]).includes(column.client.id));
}

const subject = (seen: Seen): Judged | undefined => (seen.scene.refused && seen.scene.sameEnvironment ? undefined : { difference: seen.found === 'same' ? null : 'expected' });

const claims: Readonly<Record<string, Spec>> = {
  iss: telling('url', { why: 'it has to be the issuer the client knows, character by character', section: 'RFC 7519 §4.1.1', topics: ['issuer', 'assertion'] }),
  aud: audience,
  azp: telling('value', { section: 'OIDC Core §2', judge: ofRegistration }),
  client_id: telling('value', { section: 'RFC 9068 §2.2', judge: ofRegistration }),
  cid: telling('value', { judge: ofRegistration }),
  appid: telling('value', { judge: ofRegistration }),
  sub: telling('identity', { why: 'another person signed in, who may be allowed other things', section: 'RFC 7519 §4.1.2', topics: ['user'], judge: subject }),
  'exp − iat': telling('lifetime', { judge: lifetimes('the token ends sooner or later than the other'), section: 'RFC 7519 §4.1.4', topics: ['clock', 'assertion'] }),
  exp: fresh({ why: 'nothing says when the token ends', section: 'RFC 7519 §4.1.4' }),
  iat: fresh({ why: 'nothing says when the token was made', section: 'RFC 7519 §4.1.6' }),
  nbf: byNature('presence'), auth_time: byNature('presence'), updated_at: byNature('presence'),
  jti: byNature('presence'), sid: byNature('presence'), uti: byNature('presence'), rh: byNature('presence'), nonce: fresh({ why: 'without it a replayed ID token is not noticed', section: 'OIDC Core §2' }),
  at_hash: byNature('presence'), c_hash: byNature('presence'), s_hash: byNature('presence'), ath: byNature('presence'), htu: telling('url', { section: 'RFC 9449 §4.2', topics: ['proof'] }),
  htm: telling('value', { section: 'RFC 9449 §4.2', topics: ['proof'] }),
  acr: telling('value', { why: 'the sign-in was stronger or weaker', section: 'OIDC Core §2', topics: ['user'] }),
  amr: telling('set', { why: 'the person signed in by other means', section: 'RFC 8176', topics: ['user'] }),
  scope: telling('set', { why: 'it is what the token allows', section: 'RFC 9068 §2.2.3', topics: ['scope'] }),
  scp: telling('set', { why: 'it is what the token allows', topics: ['scope'] }),
  roles: unnamed('set', { why: 'it is what the person may do', judge: personal }),
  groups: unnamed('set', { why: 'it is what the person may do', judge: personal }),
  cnf: telling('presence', { why: 'the token works only with the key it is bound to', section: 'RFC 7800 §3.1', topics: ['proof'] }),
  tid: telling('value', { why: 'it is another tenant', topics: ['issuer'], judge: ofRegistration }),
};

const other = unnamed('json', { judge: personal });

/** How a claim is compared. `exp − iat` stands for the lifetime. */
export const claimSpec = (name: string): Spec => (Object.hasOwn(claims, name) ? (claims[name] as Spec) : other);
export const CLAIMS = Object.keys(claims);

const header: Readonly<Record<string, Spec>> = {
  alg: telling('value', { why: 'a client that expects another algorithm refuses the token', section: 'RFC 7515 §4.1.1', topics: ['assertion'] }),
  enc: telling('value', { section: 'RFC 7516 §4.1.2' }),
  typ: telling('value', { why: 'it says what kind of token it is', section: 'RFC 7515 §4.1.9', topics: ['assertion'] }),
  cty: telling('value', { section: 'RFC 7515 §4.1.10' }),
  crit: telling('set', { why: 'a client that does not know the extension has to refuse the token', section: 'RFC 7515 §4.1.11' }),
  kid: fresh({ why: 'without it a client has to try all keys', section: 'RFC 7515 §4.1.4', topics: ['assertion'] }),
  jwk: byNature('presence'), x5t: byNature('presence'), 'x5t#S256': byNature('presence'), x5c: byNature('presence'), jku: telling('url'), x5u: telling('url'),
};

/** How a member of a token's header is compared. */
export const tokenHeaderSpec = (name: string): Spec => (Object.hasOwn(header, name) ? (header[name] as Spec) : unnamed('json'));
