import type { Evidence } from '../../contract/diagnosis.ts';
import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atAuthorization, atParameter, evidence } from '../evidence.ts';
import { scopesBeyondGrant } from './refresh-scope.ts';

export const scopeInvalid = defineCause({
  id: 'scope_invalid', family: 'scope', scope: 'any',
  title: 'A scope is unknown, malformed, not allowed or was not granted',
  fix: 'Ask only for scopes that the server offers, the client may use and the user granted; separate them by spaces.',
  unknowable: 'Which scopes this client may use cannot be known from here.',
  examine: (c) => {
    const found: Evidence[] = [];
    const authorization = c.authorization ?? c.authorizations.at(-1) ?? null;
    const scope = c.request === null ? authorization?.scope : sent(c.request, 'scope');
    const at = (weight: number, text: string): Evidence => (c.request !== null && sent(c.request, 'scope') !== undefined ? atParameter(weight, c.request, 'scope', text)
      : authorization ? atAuthorization(weight, authorization, 'scope', text) : evidence(weight, c.entry, 'scope', text));
    if (scope === undefined) return c.request !== null && c.kind === 'refresh' ? [atParameter(-70, c.request, 'scope', 'The refresh names no scope, so it asks for what was granted.')] : [];
    if (/,/.test(scope) && !/\s/.test(scope)) found.push(at(44, 'The scopes are separated by commas; the standard separates them by spaces.'));
    if (/["\\\u0000-\u001f\u007f-\uffff]/.test(scope)) found.push(at(70, 'The scope holds a character that is not allowed in scopes.'));
    const offered = c.metadata['scopes_supported'];
    if (Array.isArray(offered)) {
      const unknown = scope.split(/\s+/).filter((one) => one !== '' && !offered.includes(one));
      if (unknown.length > 0 && c.error.error === 'invalid_scope') found.push(at(48, `The server does not list ${unknown.join(', ')} among its scopes.`));
    }
    const beyond = scopesBeyondGrant(c);
    if (beyond.length > 0) found.push(at(52, `The refresh asks for ${beyond.join(', ')}, which was not granted.`));
    return found;
  },
});
