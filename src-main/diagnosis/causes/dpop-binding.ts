import type { Evidence } from '../../contract/diagnosis.ts';
import { createHash } from 'node:crypto';
import { headerOf } from '../../contract/read/http.ts';
import { bare } from '../case/client.ts';
import type { Jwt } from '../case/jwt.ts';
import { readJwt } from '../case/jwt.ts';
import type { TokenRequest } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atHeader, atExchange } from '../evidence.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc9449#section-5';

export const dpopBinding = defineCause({
  id: 'dpop_binding', family: 'proof', scope: 'any',
  title: 'The DPoP proof is missing, wrong, or by another key than the grant is bound to',
  fix: 'Send a fresh DPoP proof for this very method and URL, signed by the key the grant was obtained with, with the server’s nonce if it gave one.',
  unknowable: 'Neither this request nor the one the grant came from carries a DPoP proof.',
  examine: (c) => {
    if (c.request === null) return [];
    const proof = headerOf(c.request.headers, 'dpop');
    const before = c.origin === null ? null : keyOf(c.origin);
    if (proof === undefined) {
      if (before !== null && c.origin !== null) return [atExchange(86, c.origin.exchange.id, 'request header DPoP', 'The refresh token was obtained with a DPoP proof, and this request has none.', { source: SOURCE })];
      return [atHeader(c.error.error?.includes('dpop') === true || (c.said.get('dpop_binding') ?? []).some(({ weight }) => weight > 30) ? 30 : -60, c.request, 'DPoP', 'The request carries no DPoP proof.')];
    }
    const jwt = readJwt(proof);
    if (jwt === null) return [];
    const found: Evidence[] = [];
    const nonce = headerOf(c.request.answerHeaders, 'dpop-nonce');
    if (nonce !== undefined && jwt.claims['nonce'] !== nonce && c.error.error === 'use_dpop_nonce') found.push(atHeader(94, c.request, 'DPoP', 'The server asks for its nonce in the proof (DPoP-Nonce).', { source: SOURCE }));
    if (typeof jwt.claims['htu'] === 'string' && bare(jwt.claims['htu']) !== bare(c.request.exchange.url)) found.push(atHeader(84, c.request, 'DPoP', 'The proof was made for another URL.', { values: [['htu', jwt.claims['htu']], ['Called', bare(c.request.exchange.url)]], source: SOURCE }));
    if (typeof jwt.claims['htm'] === 'string' && jwt.claims['htm'] !== c.request.exchange.method) found.push(atHeader(84, c.request, 'DPoP', `The proof was made for ${jwt.claims['htm']}, not for ${c.request.exchange.method}.`, { source: SOURCE }));
    const now = (c.request.serverTime ?? c.request.started ?? 0) / 1000;
    if (now > 0 && jwt.issued !== undefined && Math.abs(now - jwt.issued) > 300) found.push(atHeader(70, c.request, 'DPoP', 'The proof’s iat is more than five minutes from the server’s clock.', { source: SOURCE }));
    const key = thumbprint(jwt);
    if (before !== null && key !== null && before !== key) found.push(atHeader(92, c.request, 'DPoP', 'The proof is signed by another key than the one the refresh token was obtained with.', { values: [['Key then', before], ['Key now', key]], source: SOURCE }));
    return found.length > 0 ? found : [atHeader(c.error.error?.includes('dpop') === true || (c.said.get('dpop_binding') ?? []).some(({ weight }) => weight > 30) ? -8 : -30, c.request, 'DPoP', 'The proof names this method and URL, and the key is the same as before.')];
  },
});

function keyOf(request: TokenRequest): string | null {
  const proof = headerOf(request.headers, 'dpop');
  const jwt = proof === undefined ? null : readJwt(proof);
  return jwt === null ? null : thumbprint(jwt);
}

/** JWK thumbprint (RFC 7638) of the key in the proof's header. */
function thumbprint(jwt: Jwt): string | null {
  const jwk = jwt.header['jwk'];
  if (typeof jwk !== 'object' || jwk === null) return null;
  const key = jwk as Record<string, unknown>;
  const members = key['kty'] === 'EC' ? ['crv', 'kty', 'x', 'y'] : key['kty'] === 'RSA' ? ['e', 'kty', 'n'] : ['crv', 'kty', 'x'];
  return createHash('sha256').update(JSON.stringify(Object.fromEntries(members.map((name) => [name, key[name]])))).digest('base64url');
}
