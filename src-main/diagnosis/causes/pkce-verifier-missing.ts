import { sent } from '../case/token-request.ts';
import { DECISIVE, defineCause } from '../cause.ts';
import { atParameter } from '../evidence.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc7636#section-4.5';

export const pkceVerifierMissing = defineCause({
  id: 'pkce_verifier_missing', family: 'pkce', scope: 'code',
  title: 'A code_challenge was sent, but no code_verifier',
  fix: 'Send code_verifier in the token request; keep it from the authorization request until then.',
  unknowable: 'The authorization request is not recorded, so whether the code is bound to a challenge is not known.',
  examine: (c) => {
    if (c.request === null || c.kind !== 'code') return [];
    const verifier = sent(c.request, 'code_verifier');
    if (verifier !== undefined && verifier !== '') return [atParameter(-95, c.request, 'code_verifier', 'A code_verifier was sent.')];
    if (c.authorization === null) return [atParameter(6, c.request, 'code_verifier', 'No code_verifier was sent; it is required if the authorization request had a code_challenge.', { source: SOURCE })];
    return [c.authorization.challenge === undefined
      ? atParameter(-85, c.request, 'code_verifier', 'The authorization request had no code_challenge, so no verifier is due.')
      : atParameter(DECISIVE, c.request, 'code_verifier', 'The authorization request had a code_challenge, and the token request has no code_verifier.', {
        values: [['code_challenge', c.authorization.challenge], ['code_verifier', verifier === '' ? '(empty)' : '(not sent)']], source: SOURCE,
      })];
  },
});
