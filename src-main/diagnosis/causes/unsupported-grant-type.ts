import type { Evidence } from '../../contract/diagnosis.ts';
import { defineCause } from '../cause.ts';
import { readPast } from '../case/said.ts';
import { grantTypeOf } from '../case/token-request.ts';
import { atParameter } from '../evidence.ts';

const known = ['authorization_code', 'refresh_token', 'client_credentials', 'password', 'implicit'];

export const unsupportedGrantType = defineCause({
  id: 'unsupported_grant_type', family: 'grant-type', scope: 'any',
  title: 'grant_type is missing, misspelt or not offered here',
  fix: 'Send grant_type in the form body, spelt as the standard spells it (authorization_code, refresh_token …), at a server that offers it.',
  unknowable: 'Which grant types the server offers is not known from here.',
  examine: (c) => {
    if (c.request === null || c.kind === 'authorize') return [];
    const found: Evidence[] = [];
    const type = grantTypeOf(c.request);
    const offered = c.metadata['grant_types_supported'];
    if (type === undefined || type === '') found.push(atParameter(c.error.error === 'unsupported_grant_type' ? 70 : 36, c.request, 'grant_type', 'The request has no grant_type.', { source: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3' }));
    else if (!known.includes(type) && !type.startsWith('urn:')) found.push(atParameter(readPast(c) ? 10 : 86, c.request, 'grant_type', `“${type}” is no grant type of any standard${near(type)}.`, { values: [['grant_type', type]] }));
    else if (Array.isArray(offered) && !offered.includes(type)) found.push(atParameter(76, c.request, 'grant_type', `The server offers ${offered.join(', ')}, not ${type}.`));
    else if (type === 'client_credentials' && c.error.error === 'invalid_grant') found.push(atParameter(48, c.request, 'grant_type', 'client_credentials hands over no grant that could be invalid: this server does not know the grant type, or has it switched off.', { source: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.4' }));
    else if (Array.isArray(offered) || ['authorization_code', 'refresh_token'].includes(type)) found.push(atParameter(-8, c.request, 'grant_type', `“${type}” is spelt as the standard spells it${Array.isArray(offered) ? ' and offered by the server' : ''}.`));
    return found;
  },
});

function near(type: string): string {
  const squeezed = type.toLowerCase().replace(/[^a-z]/g, '');
  const meant = known.find((one) => one.replace('_', '') === squeezed || (squeezed.length > 3 && one.replace('_', '').startsWith(squeezed)));
  return meant === undefined ? '' : `; ${meant} is meant`;
}
