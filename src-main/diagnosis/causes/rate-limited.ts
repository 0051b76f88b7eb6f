import { headerOf } from '../../contract/read/http.ts';
import { defineCause } from '../cause.ts';
import { atStatus } from '../evidence.ts';

export const rateLimited = defineCause({
  id: 'rate_limited', family: 'server', scope: 'any',
  title: 'Too many requests',
  fix: 'Wait as long as Retry-After says, or a minute; cache tokens and do not refresh on every call.',
  unknowable: 'Nothing in the answer speaks of a limit.',
  examine: (c) => {
    if (c.request === null) return [];
    const wait = headerOf(c.request.answerHeaders, 'retry-after');
    if (c.request.status === 429) return [atStatus(94, c, `The status is 429${wait === undefined ? '' : ` and Retry-After says ${wait}`}.`, { source: 'https://www.rfc-editor.org/rfc/rfc6585#section-4' })];
    return wait === undefined ? [] : [atStatus(c.request.status === 503 ? 30 : 50, c, `The answer carries Retry-After: ${wait}.`)];
  },
});
