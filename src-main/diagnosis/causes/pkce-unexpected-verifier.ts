import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atParameter } from '../evidence.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1';

export const pkceUnexpectedVerifier = defineCause({
  id: 'pkce_unexpected_verifier', family: 'pkce', scope: 'code',
  title: 'A code_verifier was sent although no code_challenge was',
  fix: 'Send the code_challenge with the authorization request, or leave the verifier out.',
  unknowable: 'The authorization request is not recorded, so whether it had a code_challenge is not known.',
  examine: (c) => {
    if (c.request === null || c.kind !== 'code') return [];
    if (sent(c.request, 'code_verifier') === undefined) return [atParameter(-90, c.request, 'code_verifier', 'No code_verifier was sent.')];
    if (c.authorization === null) return [];
    // Pushed and signed requests carry the challenge where it is not seen here.
    if (c.authorization.parameters.some(({ name }) => name === 'request_uri' || name === 'request')) return [];
    return [c.authorization.challenge === undefined
      ? atParameter(86, c.request, 'code_verifier', 'The authorization request had no code_challenge, yet a code_verifier was sent; servers must refuse that.', { source: SOURCE })
      : atParameter(-90, c.request, 'code_verifier', 'The authorization request had a code_challenge.')];
  },
});
