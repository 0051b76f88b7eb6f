import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { bare } from '../case/client.ts';
import { readJwt } from '../case/jwt.ts';
import { duration } from '../case/time.ts';
import type { TokenRequest } from '../case/token-request.ts';
import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atParameter } from '../evidence.ts';
import { isReadable } from '../placeholder.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc7523#section-3';

export const assertionClaims = defineCause({
  id: 'assertion_claims', family: 'proof', scope: 'any',
  title: 'The assertion’s claims are not accepted (aud, iss, sub, exp, iat, jti)',
  fix: 'Sign a new assertion for each request: iss and sub the client id, aud the issuer or token endpoint, exp a minute or two ahead, a jti of its own.',
  unknowable: 'The assertion is not readable here.',
  examine: (c) => {
    if (c.request === null) return [];
    const { request } = c;
    const name = ['client_assertion', 'assertion'].find((one) => sent(request, one) !== undefined) ?? (readJwt(sent(request, 'client_secret') ?? '') === null ? undefined : 'client_secret');
    if (name === undefined) return [atParameter(-92, c.request, 'client_assertion', 'The request carries no assertion.')];
    const jwt = readJwt(sent(c.request, name) ?? '');
    if (jwt === null) return noJwt(c.request, name);
    const found: Evidence[] = [];
    const at = (weight: number, text: string, values?: [string, string][]): void => {
      found.push(atParameter(weight, c.request as NonNullable<typeof c.request>, name, text, { source: SOURCE, ...(values && { values }) }));
    };
    const now = (c.request.serverTime ?? c.request.started ?? 0) / 1000;
    if (jwt.audience.length === 0) at(84, 'The assertion names no audience (aud).');
    else if (!jwt.audience.some((audience) => isThisServer(c, audience))) at(78, 'The assertion’s audience is neither this token endpoint nor the issuer.', [['aud', jwt.audience.join(', ')], ['Called', bare(c.request.exchange.url)]]);
    if (name === 'client_assertion' && jwt.subject !== undefined && jwt.issuer !== jwt.subject) at(74, 'iss and sub of a client assertion must both be the client id.', [['iss', jwt.issuer ?? '(missing)'], ['sub', jwt.subject]]);
    const id = sent(c.request, 'client_id');
    if (name === 'client_assertion' && id !== undefined && jwt.subject !== undefined && jwt.subject !== id) at(72, 'The assertion is about another client than client_id.', [['sub', jwt.subject], ['client_id', id]]);
    const milliseconds = [jwt.expires, jwt.issued, jwt.notBefore].some((time) => time !== undefined && time > 100_000_000_000);
    if (milliseconds) at(86, 'Its times (exp, iat, nbf) are in milliseconds; they count seconds since 1970.');
    else if (jwt.expires === undefined) at(66, 'The assertion has no expiry (exp).');
    else if (now > 0 && jwt.expires < now) at(84, `The assertion had expired ${duration((now - jwt.expires) * 1000)} before.`);
    else if (now > 0 && jwt.expires > now + LONGEST) at(82, `The assertion lives ${duration((jwt.expires - now) * 1000)}; even the most patient servers take six months at most.`);
    else if (now > 0 && name !== 'client_secret' && jwt.expires > now + 3600 * 24) at(36, `The assertion lives ${duration((jwt.expires - now) * 1000)}, more than servers accept.`);
    else if (now > 0 && name !== 'client_secret' && jwt.expires > now + 330 && c.error.error !== 'invalid_scope') at(14, `The assertion lives ${duration((jwt.expires - now) * 1000)}; strict servers take five minutes at most.`);
    if (!milliseconds && now > 0 && Math.max(jwt.issued ?? 0, jwt.notBefore ?? 0) > now + 5) at(62, 'The assertion is dated in the future by the server’s clock.');
    if (jwt.claims['jti'] === undefined && name === 'client_assertion') at(26, 'The assertion has no jti.');
    const again = c.before.find((other) => sent(other, name) === sent(c.request as NonNullable<typeof c.request>, name));
    if (again) at(70, 'The same assertion was used before; its jti may be used once.');
    if (name === 'assertion' && found.length === 0 && c.error.error === 'invalid_grant') at(34, 'The grant is the assertion itself, and invalid_grant is about it.');
    return found.length > 0 ? found : [atParameter(-40, c.request, name, 'The claims of the assertion are in order.')];
  },
});

/** Six months and a day of grace, in seconds: what Apple, the most patient server known, accepts of a client secret that is a JWT. */
const LONGEST = 15_777_000 + 86_400;

/** A SAML assertion or an encrypted one cannot be read here; anything else without two dots is no assertion. */
function noJwt(request: TokenRequest, name: string): Evidence[] {
  const value = sent(request, name) ?? '';
  const type = sent(request, name === 'assertion' ? 'grant_type' : 'client_assertion_type') ?? '';
  if (!isReadable(value) || !/jwt/i.test(type) || /^[\w-]+(?:\.[\w-]*){2,4}$/.test(value)) return [];
  return [atParameter(86, request, name, 'The assertion is no JWT: it does not consist of three base64url parts joined by dots.', { source: SOURCE })];
}

function isThisServer(c: Case, audience: string): boolean {
  const url = bare(c.request?.exchange.url ?? '');
  if (bare(audience).replace(/\/$/, '') === url.replace(/\/$/, '')) return true;
  if (URL.canParse(url) && audience === new URL(url).host) return true;
  const { issuer, token_endpoint: endpoint } = c.metadata;
  if (typeof issuer === 'string') return audience.replace(/\/$/, '') === issuer.replace(/\/$/, '') || audience === endpoint;
  return URL.canParse(audience) && URL.canParse(url) && new URL(audience).hostname === new URL(url).hostname;
}
