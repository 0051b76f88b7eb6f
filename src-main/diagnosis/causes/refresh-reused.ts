import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { ancestorsOf, refusedRefreshToken, usesOf } from '../case/refresh.ts';
import { duration } from '../case/time.ts';
import type { TokenRequest } from '../case/token-request.ts';
import { sent } from '../case/token-request.ts';
import { DECISIVE, defineCause, STRONG } from '../cause.ts';
import { atExchange, atParameter } from '../evidence.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2';

export const refreshReused = defineCause({
  id: 'refresh_reused', family: 'refresh', scope: 'refresh',
  title: 'A refresh token that had been rotated away was used again',
  fix: 'Store the refresh token of every answer before anything else, share it between all workers, and refresh in one place at a time. Authorize again now.',
  tellApart: 'The latest refresh token: if it is refused too, the whole family was revoked.',
  unknowable: 'No earlier use of this refresh token is recorded here; another copy of the client may have used it.',
  examine: (c) => {
    const token = refusedRefreshToken(c);
    if (token === undefined) return [];
    const found = [...ownUses(c, token), ...replayedAncestor(c, token), ...elsewhere(c, token)];
    if (found.length === 0 && c.origin !== null && c.request !== null) return [atParameter(-14, c.request, 'refresh_token', 'In this run the refresh token is used for the first time.')];
    return found.sort((a, b) => b.weight - a.weight);
  },
});

const ago = (c: Case, at: number | null): string => (at !== null && c.request?.started != null ? `, ${duration(c.request.started - at)} before` : '');

function ownUses(c: Case, token: string): Evidence[] {
  return usesOf(c, token).filter((use) => use.order < (c.request?.order ?? 0)).flatMap((use) => {
    const successor = use.tokens?.refresh;
    if (use.tokens !== null && successor !== undefined && successor !== token) {
      // At the same moment it is a race, which is a cause of its own.
      return [atExchange(c.request !== null && overlapping(use, c.request) ? STRONG + 8 : DECISIVE + 3, use.exchange.id, 'request body parameter refresh_token', `This refresh token was already used${ago(c, use.started)}, and the answer brought its successor, which is to be used instead.`, { source: SOURCE })];
    }
    if (use.tokens !== null) return [atExchange(16, use.exchange.id, 'request body parameter refresh_token', `This refresh token was already used${ago(c, use.started)}; the answer brought no successor, so it stayed valid.`)];
    if (use.status === null || use.status >= 500) return [atExchange(60, use.exchange.id, 'request body parameter refresh_token', `This refresh token was sent${ago(c, use.started)} and no proper answer came back; if the server rotated it, its successor was lost.`, { source: SOURCE })];
    return [];
  });
}

/** A replay of an older token of the family makes the server revoke the innocent newest one. */
function replayedAncestor(c: Case, token: string): Evidence[] {
  return ancestorsOf(c, token).flatMap(({ token: ancestor, rotatedBy }) =>
    usesOf(c, ancestor).filter((use) => use.order > rotatedBy.order && use.order < (c.request?.order ?? 0)).map((use) =>
      atExchange(DECISIVE - 2, use.exchange.id, 'request body parameter refresh_token',
        `An older refresh token of the same family, rotated away before, was used again here${ago(c, use.started)}; servers then revoke the whole family, this newer token included.`, { source: SOURCE })));
}

function elsewhere(c: Case, token: string): Evidence[] {
  return (c.ledger?.find('refresh_token', token) ?? []).filter((entry) => entry.runId !== c.state.id && entry.what === 'sent' && entry.accepted === true).map((entry) =>
    atExchange(70, entry.exchangeId, 'ledger of sent refresh tokens', `This refresh token was already used in another run${ago(c, entry.at)}.`, { source: SOURCE }));
}

export function sentTogether(a: TokenRequest, b: TokenRequest): boolean {
  if (sent(a, 'refresh_token') !== sent(b, 'refresh_token') || a.started === null || b.started === null) return false;
  return overlapping(a, b) || Math.abs(a.started - b.started) < 1000;
}

/** Starts are whole milliseconds, cut off, and durations are exact: one after the other can look like less than this of an overlap. */
const GRAIN = 1;

/** Whether each was sent before the other had its answer. */
export function overlapping(a: TokenRequest, b: TokenRequest): boolean {
  if (a.started === null || b.started === null) return false;
  return a.started + GRAIN < (b.ended ?? b.started) && b.started + GRAIN < (a.ended ?? a.started);
}
