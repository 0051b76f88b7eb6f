import type { Evidence } from '../../contract/diagnosis.ts';
import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atAuthorization, atParameter } from '../evidence.ts';
import { isReadable } from '../placeholder.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc7636#section-4.1';

export const pkceMalformed = defineCause({
  id: 'pkce_malformed', family: 'pkce', scope: 'any',
  title: 'code_verifier or code_challenge has a wrong length, alphabet or method',
  fix: 'Use a verifier of 43 to 128 characters from A–Z a–z 0–9 - . _ ~ and method S256 in exactly this spelling.',
  unknowable: 'Neither verifier nor challenge is recorded.',
  examine: (c) => {
    const found: Evidence[] = [];
    const verifier = c.request === null ? undefined : sent(c.request, 'code_verifier');
    if (c.request !== null && verifier !== undefined && verifier !== '' && isReadable(verifier)) {
      const length = verifier.length < 43 || verifier.length > 128;
      const strange = /[^A-Za-z0-9\-._~]/.exec(verifier);
      if (length) found.push(atParameter(78, c.request, 'code_verifier', `The verifier has ${verifier.length} characters; 43 to 128 are allowed.`, { source: SOURCE }));
      if (strange) found.push(atParameter(76, c.request, 'code_verifier', `The verifier holds a character that is not allowed, at position ${strange.index + 1}.`, { source: SOURCE }));
      const other = c.authorization?.challenge;
      const whole = other !== undefined && c.authorization?.method === 'S256' && /^[A-Za-z0-9_-]{43}$/.test(other);
      if (!length && !strange) found.push(atParameter(whole ? -85 : -40, c.request, 'code_verifier', whole ? `The verifier has ${verifier.length} allowed characters, and the challenge the form of an S256 hash.` : `The verifier has ${verifier.length} allowed characters.`, { source: SOURCE }));
    }
    const authorization = c.authorization ?? c.authorizations.at(-1);
    const { challenge, method } = authorization ?? {};
    if (authorization && method !== undefined && !['S256', 'plain'].includes(method)) found.push(atAuthorization(74, authorization, 'code_challenge_method', `code_challenge_method “${method}” does not exist; it is S256 or plain, in this spelling.`, { source: SOURCE }));
    if (authorization && challenge !== undefined && isReadable(challenge)) {
      if (method === 'S256' && !/^[A-Za-z0-9_-]{43}$/.test(challenge)) found.push(atAuthorization(66, authorization, 'code_challenge', `The challenge is not the base64url of a SHA-256 hash: that has 43 characters of A–Z a–z 0–9 - _, this one has ${challenge.length}.`, { source: SOURCE }));
      const supported = c.metadata['code_challenge_methods_supported'];
      if (Array.isArray(supported) && !supported.includes(method ?? 'plain')) found.push(atAuthorization(56, authorization, 'code_challenge_method', `The server offers ${supported.join(', ')} and was asked for ${method ?? 'plain'}.`));
    }
    if (found.length === 0 && c.kind === 'code' && c.request !== null && c.authorization !== null && verifier === undefined && challenge === undefined) found.push(atParameter(-90, c.request, 'code_verifier', 'Neither request used PKCE.'));
    return found;
  },
});
