import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atAuthorization, atParameter } from '../evidence.ts';

export const pkceRequired = defineCause({
  id: 'pkce_required', family: 'pkce', scope: 'any',
  title: 'The server demands PKCE and the authorization request had no code_challenge',
  fix: 'Send code_challenge and code_challenge_method=S256 with the authorization request, and the verifier with the token request.',
  unknowable: 'Whether the server demands PKCE cannot be known from here.',
  examine: (c) => {
    const authorization = c.authorization ?? c.authorizations.at(-1);
    if (authorization?.challenge !== undefined) return [atAuthorization(-90, authorization, 'code_challenge', 'The authorization request had a code_challenge.')];
    if (authorization === undefined || authorization === null) {
      return c.request !== null && sent(c.request, 'code_verifier') !== undefined ? [atParameter(-20, c.request, 'code_verifier', 'A code_verifier was sent, so PKCE was probably started.')] : [];
    }
    if (c.kind === 'authorize' && c.error.error === 'invalid_request' && c.error.description === undefined) return [atAuthorization(24, authorization, 'code_challenge', 'The authorization request has no code_challenge.')];
    return (c.said.get('pkce_required') ?? []).some(({ weight }) => weight > 20) ? [atAuthorization(24, authorization, 'code_challenge', 'The authorization request has no code_challenge.')] : [];
  },
});
