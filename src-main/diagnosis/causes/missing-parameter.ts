import { readPast } from '../case/said.ts';
import { clientIdOf, DEVICE_GRANT, grantTypeOf, sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atAuthorization, atParameter } from '../evidence.ts';

/** Required by RFC 6749 §4.1.3, §4.3.2 and §6, RFC 8628 §3.4, RFC 8693 §2.1, RFC 7523 §2.1 and CIBA §10.1, besides grant_type. */
const required = new Map<string, readonly string[]>([
  ['authorization_code', ['code']], ['refresh_token', ['refresh_token']], ['password', ['username', 'password']], [DEVICE_GRANT, ['device_code']],
  ['urn:ietf:params:oauth:grant-type:token-exchange', ['subject_token', 'subject_token_type']],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', ['assertion']], ['urn:ietf:params:oauth:grant-type:saml2-bearer', ['assertion']],
  ['urn:openid:params:grant-type:ciba', ['auth_req_id']],
]);

export const missingParameter = defineCause({
  id: 'missing_parameter', family: 'format', scope: 'any',
  title: 'A required parameter is missing',
  fix: 'Add the missing parameter to the form body.',
  unknowable: 'Which parameters this server requires beyond the standard is not known from here.',
  examine: (c) => {
    if (c.kind === 'authorize') {
      if (c.request !== null && c.request.exchange.purpose === 'device') return clientIdOf(c.request) === undefined ? [atParameter(80, c.request, 'client_id', 'The device authorization request has no client_id.')] : [];
      const authorization = c.authorizations.at(-1);
      if (!authorization || authorization.parameters.some(({ name }) => name === 'request_uri')) return [];
      return ['response_type', 'client_id'].filter((name) => !authorization.parameters.some((one) => one.name === name))
        .map((name) => atAuthorization(80, authorization, name, `The authorization request has no ${name}.`));
    }
    const { request } = c;
    if (request === null) return [];
    const type = grantTypeOf(request);
    const missing = (type === undefined ? ['grant_type'] : required.get(type) ?? []).filter((name) => (sent(request, name) ?? '') === '');
    // An assertion speaks for its client itself (RFC 7523 §3.1).
    if (clientIdOf(request) === undefined && request.credentials.methods[0] === 'none' && sent(request, 'assertion') === undefined) missing.push('client_id');
    // Nothing at all in the body is a matter of its form, not of one parameter.
    const weight = request.parameters.length === 0 ? 25 : request.format !== 'form' ? 40 : 84;
    // A server that does not know the grant type has not asked for what belongs to it.
    if (c.error.error === 'unsupported_grant_type' && type !== undefined && type !== '') return missing.map((name) => atParameter(14, request, name, `Required parameter ${name} is ${sent(request, name) === '' ? 'empty' : 'missing'}.`));
    if (missing.length === 0) return [atParameter(-8, request, required.get(type ?? '')?.[0] ?? 'grant_type', 'Every parameter the standard requires was sent.', { source: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3' })];
    return missing.map((name) => atParameter(name === 'grant_type' && readPast(c) ? 12 : name === 'client_id' && readPast(c) ? 10 : name === 'client_id' && c.error.error !== 'invalid_request' ? 50 : weight, request, name, `Required parameter ${name} is ${sent(request, name) === '' ? 'empty' : 'missing'}.`, { source: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3' }));
  },
});
