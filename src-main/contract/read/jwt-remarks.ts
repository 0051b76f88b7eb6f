import type { DecodedJwt } from './jwt.ts';

/** Something about a JWT that a reader should notice; seen without any key and without a clock but its own. */
export interface JwtRemark {
  weight: 'wrong' | 'odd' | 'note';
  /** One sentence. */
  text: string;
  section: string;
  /** Member of the header or the claims it is about. */
  member?: string;
}

type Members = Record<string, unknown>;

/**
 * What stands out in a JWT: no algorithm, times that are no seconds, an audience of several, keys that came along, parts that are missing.
 * Says nothing about whether its signature is good.
 *
 * @param name of the parameter, header or member it stands in, in lower case, e.g. "dpop"; decides which type is expected
 */
export function jwtRemarks({ kind, header, claims }: DecodedJwt, name = ''): JwtRemark[] {
  if (kind === 'opaque' || !header) return [];
  return [...ofHeader(header, kind, name), ...(claims ? ofClaims(claims, name) : [])];
}

/** RFC 8725 §3.11 asks for explicit types; these are the registered ones. */
const types: Readonly<Record<string, { typ: string; section: string }>> = {
  dpop: { typ: 'dpop+jwt', section: 'RFC 9449 §4.2' },
  logout_token: { typ: 'logout+jwt', section: 'OIDC Back-Channel Logout §2.4' },
};

function ofHeader(header: Members, kind: DecodedJwt['kind'], name: string): JwtRemark[] {
  const remarks: JwtRemark[] = [];
  const { alg, typ } = header;
  if (typeof alg === 'string' && alg.toLowerCase() === 'none') remarks.push({ weight: 'wrong', text: 'alg is none: nobody signed it, anybody can have written it.', section: 'RFC 8725 §3.2', member: 'alg' });
  if (typeof alg === 'string' && /^HS\d/.test(alg)) remarks.push({ weight: 'note', text: 'Signed with a shared secret: whoever can check it can also make one.', section: 'RFC 7518 §3.2', member: 'alg' });
  if (alg === 'RSA1_5') remarks.push({ weight: 'odd', text: 'RSA1_5 can be attacked through its padding; RSA-OAEP should be used.', section: 'RFC 8725 §3.2', member: 'alg' });
  if (header['b64'] === false) remarks.push({ weight: 'note', text: 'b64 is false: the payload is not encoded, and is often sent apart from the signature (detached).', section: 'RFC 7797 §3', member: 'b64' });
  if (header['cty'] !== undefined && String(header['cty']).toUpperCase() === 'JWT') remarks.push({ weight: 'note', text: 'Its content is another JWT (nested).', section: 'RFC 7519 §5.2', member: 'cty' });
  if (kind === 'jws' && name !== 'dpop') {
    const own = ['jwk', 'jku', 'x5u', 'x5c'].filter((member) => header[member] !== undefined);
    if (own.length > 0) remarks.push({ weight: 'odd', text: `It brings its own key along (${own.join(', ')}). A receiver that trusts that key checks nothing.`, section: 'RFC 8725 §3.10', member: own[0] as string });
    if (header['kid'] === undefined && typeof alg === 'string' && /^(RS|PS|ES|Ed)/.test(alg)) remarks.push({ weight: 'note', text: 'No kid: where the key set has several keys, the receiver has to try them.', section: 'RFC 7515 §4.1.4', member: 'alg' });
  }
  if (name === 'dpop' && header['jwk'] === undefined) remarks.push({ weight: 'wrong', text: 'A DPoP proof must bring its public key (jwk).', section: 'RFC 9449 §4.2' });
  const expected = types[name];
  if (expected && (typeof typ !== 'string' || typ.toLowerCase() !== expected.typ)) remarks.push({ weight: name === 'dpop' ? 'wrong' : 'odd', text: `typ should be ${expected.typ}.`, section: expected.section, ...(typ !== undefined && { member: 'typ' }) });
  return remarks;
}

const TIMES = ['exp', 'nbf', 'iat', 'auth_time', 'updated_at'];

function ofClaims(claims: Members, name: string): JwtRemark[] {
  const remarks: JwtRemark[] = [];
  const [exp, iat, nbf] = ['exp', 'iat', 'nbf'].map((member) => claims[member]);
  for (const member of TIMES) {
    const value = claims[member];
    if (typeof value === 'number' && value > 100_000_000_000) remarks.push({ weight: 'wrong', text: `${member} is given in milliseconds; it has to be seconds since 1970.`, section: 'RFC 7519 §2', member });
    else if (value !== undefined && typeof value !== 'number') remarks.push({ weight: 'wrong', text: `${member} has to be a number of seconds, and is ${value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`}.`, section: 'RFC 7519 §2', member });
  }
  if (typeof exp === 'number' && typeof iat === 'number' && exp <= iat) remarks.push({ weight: 'wrong', text: 'It expires before it was issued, or in the same second.', section: 'RFC 7519 §4.1.4', member: 'exp' });
  if (typeof exp === 'number' && typeof nbf === 'number' && exp <= nbf) remarks.push({ weight: 'wrong', text: 'It expires before it becomes valid.', section: 'RFC 7519 §4.1.5', member: 'nbf' });
  const { aud } = claims;
  if (Array.isArray(aud) && aud.length === 0) remarks.push({ weight: 'wrong', text: 'aud is an empty list: it is meant for nobody.', section: 'RFC 7519 §4.1.3', member: 'aud' });
  else if (Array.isArray(aud) && aud.length > 1) remarks.push({ weight: claims['azp'] === undefined && name === 'id_token' ? 'odd' : 'note', text: `aud is a list of ${aud.length}${claims['azp'] === undefined && name === 'id_token' ? ', and no azp says for which of them it was issued' : ': each of them may accept it'}.`, section: 'OIDC Core §2', member: 'aud' });
  if (name === 'logout_token' && claims['nonce'] !== undefined) remarks.push({ weight: 'wrong', text: 'A logout token must not have a nonce, so that it cannot be used as an ID token.', section: 'OIDC Back-Channel Logout §2.4', member: 'nonce' });
  const missing = (name === 'dpop' ? ['jti', 'htm', 'htu', 'iat'] : name === 'id_token' ? ['iss', 'sub', 'aud', 'exp', 'iat'] : name === 'client_assertion' ? ['iss', 'sub', 'aud', 'exp'] : [])
    .filter((member) => claims[member] === undefined);
  if (missing.length > 0) remarks.push({ weight: 'wrong', text: `Required and not there: ${missing.join(', ')}.`, section: name === 'dpop' ? 'RFC 9449 §4.2' : name === 'id_token' ? 'OIDC Core §2' : 'RFC 7523 §3' });
  return remarks;
}
