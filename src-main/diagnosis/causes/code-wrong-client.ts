import { deviceIssueOf } from '../case/device.ts';
import { clientIdOf } from '../case/token-request.ts';
import { DECISIVE, defineCause } from '../cause.ts';
import { atParameter } from '../evidence.ts';
import { isPlaceholder } from '../placeholder.ts';

export const codeWrongClient = defineCause({
  id: 'code_wrong_client', family: 'code', scope: 'code',
  title: 'The code was issued to another client',
  fix: 'Redeem the code with the client_id that asked for it.',
  unknowable: 'The authorization request is not recorded, so the client the code was issued to is not known.',
  examine: (c) => {
    if (c.request === null || c.kind === 'authorize') return [];
    const now = clientIdOf(c.request);
    const then = c.kind === 'other' ? deviceIssueOf(c)?.clientId : c.authorization?.clientId;
    if (now === undefined || then === undefined || isPlaceholder(now) || isPlaceholder(then)) return [];
    const details = { values: [['client_id at authorization', then], ['client_id at the token endpoint', now]] as [string, string][], source: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3' };
    return [now === then
      ? atParameter(-85, c.request, 'client_id', 'The same client_id asked for the code and redeems it.', details)
      : atParameter(DECISIVE, c.request, 'client_id', `The code was asked for by client “${then}” and is redeemed by client “${now}”.`, details)];
  },
});
