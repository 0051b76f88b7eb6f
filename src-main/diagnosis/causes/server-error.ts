import { isStandardError } from '../message/error-codes.ts';
import { defineCause } from '../cause.ts';
import { atStatus } from '../evidence.ts';

export const serverError = defineCause({
  id: 'server_error', family: 'server', scope: 'any',
  title: 'A fault or overload on the server',
  fix: 'Try again later with a fresh code; give the provider’s support the time and any correlation id of the answer.',
  unknowable: 'Nothing in the answer speaks of a fault on the server.',
  examine: (c) => {
    const status = c.request?.status ?? 0;
    if (status < 500) return status >= 400 && c.error.error !== 'server_error' && c.error.error !== 'temporarily_unavailable' ? [atStatus(-25, c, `The status is ${status}: the server blames the request.`)] : [];
    return [atStatus(c.error.error === null || !isStandardError(c.error.error) ? 62 : 20, c, `The status is ${status}.`)];
  },
});
