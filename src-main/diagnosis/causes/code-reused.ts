import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { deviceCodeOf } from '../case/device.ts';
import { duration } from '../case/time.ts';
import type { TokenRequest } from '../case/token-request.ts';
import { sent } from '../case/token-request.ts';
import { DECISIVE, defineCause, STRONG } from '../cause.ts';
import { atExchange, atParameter } from '../evidence.ts';
import { isPlaceholder } from '../placeholder.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2';

export const codeReused = defineCause({
  id: 'code_reused', family: 'code', scope: 'code',
  title: 'The authorization code had been redeemed before',
  fix: 'Redeem each code once. Look for a second caller (reloaded callback page, retry, double effect in the client) and authorize again.',
  tellApart: 'One fresh code, redeemed once.',
  unknowable: 'No earlier use of this code is recorded here; whether somebody else used it cannot be known from here.',
  examine: (c) => (c.kind === 'refresh' ? replayBehindRefresh(c) : earlierUses(c)),
});

function earlierUses(c: Case): Evidence[] {
  if (c.request !== null && deviceCodeOf(c.request) !== undefined) return acceptedDeviceCode(c, c.request);
  const code = c.request === null ? undefined : sent(c.request, 'code');
  if (c.request === null || code === undefined || code === '' || isPlaceholder(code)) return [];
  const found: Evidence[] = [];
  for (const other of c.others) {
    if (sent(other, 'code') === code && startedBefore(other, c.request)) found.push(...useOf(c.request, other));
  }
  for (const entry of c.ledger?.find('code', code) ?? []) {
    if (entry.runId === c.state.id || entry.what !== 'sent') continue;
    found.push(atExchange(entry.accepted === true ? DECISIVE : STRONG, entry.exchangeId, 'ledger of sent codes',
      `This code was already sent in another run${ago(c, entry.at)}${entry.accepted === true ? ' and tokens came back' : ''}.`, { source: SOURCE }));
  }
  if (found.length === 0 && c.callback?.code === code) {
    found.push(atParameter(-12, c.request, 'code', 'In this run the code is sent for the first time.'));
  }
  return found.sort((a, b) => b.weight - a.weight);
}

/** Polling repeats a device code on purpose; only one that brought tokens is spent. */
function acceptedDeviceCode(c: Case, request: TokenRequest): Evidence[] {
  const code = deviceCodeOf(request);
  return code === undefined || isPlaceholder(code) ? [] : c.others.filter((other) => other.tokens !== null && deviceCodeOf(other) === code && startedBefore(other, request)).flatMap((other) => useOf(request, other));
}

function startedBefore(other: TokenRequest, request: TokenRequest): boolean {
  return other.order < request.order || (other.started !== null && request.started !== null && other.started <= (request.ended ?? request.started));
}

function useOf(request: TokenRequest, other: TokenRequest): Evidence[] {
  const apart = other.started !== null && request.started !== null ? request.started - other.started : null;
  const before = apart === null ? '' : apart < 0 ? ' at the same time' : `, ${duration(apart)} before`;
  const say = (weight: number, text: string): Evidence[] => [
    atExchange(weight, other.exchange.id, 'request body parameter code', `The same code was sent${before}${text}`, { source: SOURCE }),
  ];
  if (other.tokens !== null) return say(DECISIVE + 4, ' and redeemed: tokens came back.');
  if (other.status === null || other.status >= 500) return say(STRONG - 10, '; that request got no proper answer, so the server may have redeemed it all the same.');
  const error = other.error?.error ?? null;
  if (other.status === 429) return say(4, ', but was turned away before it was looked at.');
  if (error === 'invalid_client' || other.status === 401) return say(14, ' and refused for the client’s authentication; most servers do not spend the code on that.');
  const same = error === (request.error?.error ?? null) && other.error?.description === request.error?.description;
  if (same && sameRequest(other, request)) return say(18, ' and refused in the same way, so the first refusal is the one to explain.');
  return say(same ? 44 : 58, ` and refused (${error ?? other.status}); many servers spend the code on the first attempt, whatever comes of it.`);
}

function sameRequest(a: TokenRequest, b: TokenRequest): boolean {
  const text = (request: TokenRequest): string => request.parameters.map(({ name, value }) => `${name}=${value}`).sort().join('&');
  return text(a) === text(b);
}

/** A code redeemed twice revokes what its first use brought (RFC 6749 §4.1.2), so the refresh token of that use dies with it. */
function replayBehindRefresh(c: Case): Evidence[] {
  const issuing = chainToCode(c);
  const code = issuing === null ? undefined : sent(issuing, 'code');
  if (issuing === null || code === undefined || isPlaceholder(code)) return [];
  return c.before.filter((other) => other !== issuing && other.order > issuing.order && sent(other, 'code') === code).map((replay) =>
    atExchange(92, replay.exchange.id, 'request body parameter code',
      `The code behind this refresh token was sent a second time${replay.started !== null && c.request?.started != null ? `, ${duration(c.request.started - replay.started)} before this refresh` : ''}; servers then revoke every token issued from it.`, { source: SOURCE }));
}

export function chainToCode(c: Case): TokenRequest | null {
  let current = c.origin;
  for (let depth = 0; current !== null && depth < 60; depth += 1) {
    if (sent(current, 'code') !== undefined) return current;
    const parent: string | undefined = sent(current, 'refresh_token');
    const { order } = current;
    current = parent === undefined ? null : c.before.findLast((request) => request.order < order && request.tokens?.refresh === parent) ?? null;
  }
  return null;
}

function ago(c: Case, at: number): string {
  return c.request?.started != null ? `, ${duration(c.request.started - at)} before` : '';
}
