import { defineCause } from '../cause.ts';
import { atExchange } from '../evidence.ts';

export const refreshLimit = defineCause({
  id: 'refresh_limit', family: 'refresh', scope: 'refresh',
  title: 'The provider’s limit of live refresh tokens was passed, and this older one was dropped',
  fix: 'Keep and reuse one grant for each user instead of authorizing anew each time; use the newest refresh token.',
  unknowable: 'How many refresh tokens the provider holds for this user and client cannot be known from here.',
  examine: (c) => {
    if (c.origin === null) return [];
    const issued = c.origin.order;
    const newer = c.before.filter((request) => request.order > issued && request.tokens?.refresh !== undefined && request.parameters.some(({ name }) => name === 'code'));
    const limits = c.recognised?.provider.knowledge.refresh.limits;
    const limited = limits !== undefined && /\d+ (?:refresh tokens|per user|grants)|grants per|1 per user/.test(limits);
    const last = newer.at(-1);
    if (last === undefined) return [];
    const source = c.recognised?.provider.knowledge.refresh.source ?? undefined;
    return [atExchange(limited ? 58 : 22, last.exchange.id, 'response body member refresh_token', `Since this refresh token was issued, ${newer.length} further ${newer.length === 1 ? 'authorization' : 'authorizations'} brought a newer one${limited ? `; this provider’s limit: ${limits}` : '; some servers keep one for each user and client'}.`, source === undefined ? {} : { source })];
  },
});
