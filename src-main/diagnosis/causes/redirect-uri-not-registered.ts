import type { Evidence } from '../../contract/diagnosis.ts';
import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atAuthorization, atParameter } from '../evidence.ts';

export const redirectUriNotRegistered = defineCause({
  id: 'redirect_uri_not_registered', family: 'redirect', scope: 'any',
  title: 'redirect_uri is not registered for this client',
  fix: 'Register the redirect URI exactly as it is sent (scheme, host, port, path, trailing slash), for the right kind of app.',
  unknowable: 'What is registered at the provider cannot be known from here.',
  examine: (c) => {
    const found: Evidence[] = [];
    if (c.request !== null && c.callback !== null && c.kind === 'code') {
      found.push(atParameter(-40, c.request, 'redirect_uri', 'The server redirected to this address with a code, so the authorization endpoint took it as registered.'));
    }
    const now = c.request === null || c.kind === 'authorize' ? undefined : sent(c.request, 'redirect_uri');
    const same = now !== undefined && now === c.authorization?.redirectUri;
    if (c.request !== null && same && [...c.said].some(([id, said]) => id.startsWith('redirect_uri') && said.some(({ weight }) => weight >= 30))) {
      found.push(atParameter(60, c.request, 'redirect_uri', 'The server complains of the redirect URI although both requests name the same one, so what is left is its registration.'));
    }
    const used = now ?? (c.kind === 'authorize' ? c.authorizations.at(-1)?.redirectUri : undefined);
    if (c.kind === 'authorize' && used !== undefined && c.said.has('redirect_uri_not_registered')) {
      const authorization = c.authorizations.at(-1);
      if (authorization) found.push(atAuthorization(10, authorization, 'redirect_uri', `This redirect URI was asked for: ${used}`));
    }
    return found;
  },
});
