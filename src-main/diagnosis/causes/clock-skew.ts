import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { duration } from '../case/time.ts';
import { readJwt } from '../case/jwt.ts';
import { headerOf } from '../../contract/read/http.ts';
import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { evidence } from '../evidence.ts';

export const clockSkew = defineCause({
  id: 'clock_skew', family: 'proof', scope: 'any',
  title: 'A clock is off, so a time-bound value is outside its window',
  fix: 'Set the clock by network time (NTP) on the machine that signs or measures, in containers and virtual machines too.',
  tellApart: 'A time check: compare our clock with the Date header of any answer.',
  unknowable: 'The answer carries no Date header or the time of the request is not recorded, so the clocks cannot be compared.',
  examine: (c) => examine(c),
});

function examine(c: Case): Evidence[] {
  if (c.request === null) return [];
  const found: Evidence[] = [];
  const signed = ['client_assertion', 'assertion'].map((name) => sent(c.request as NonNullable<Case['request']>, name)).concat(headerOf(c.request.headers, 'dpop'))
    .map((value) => (value === undefined ? null : readJwt(value))).find((jwt) => jwt !== null);
  if (c.skew !== null) {
    const { offset, uncertainty } = c.skew;
    const off = Math.abs(offset) - uncertainty;
    const values: [string, string][] = [['Server minus us', `${offset < 0 ? '-' : ''}${duration(offset)}`], ['Give or take', duration(uncertainty)]];
    const at = (weight: number, text: string): Evidence => evidence(weight, c.entry, 'response header Date', text, { part: 'response-header', name: 'Date' }, { values });
    if (off > 30_000) found.push(at(signed ? 80 : off > 120_000 ? 26 : 12, `Our clock is ${duration(offset)} ${offset > 0 ? 'behind' : 'ahead of'} the server’s${signed ? ', and the request carries a signed, time-bound value' : '; the code grant itself needs no common clock, but signed values and lifetimes do'}.`));
    else found.push(at(-85, `Our clock and the server’s agree within ${duration(Math.abs(offset) + uncertainty)}.`));
  }
  const now = c.request.serverTime;
  if (signed && now !== null && signed.issued !== undefined && signed.issued * 1000 > now + 5000) {
    found.push(evidence(84, c.entry, 'assertion claim iat', `The signed value is dated ${duration(signed.issued * 1000 - now)} after the server’s clock.`, { part: 'request-body' }));
  }
  const id = c.origin?.tokens?.id ?? c.before.findLast((request) => request.tokens?.id !== undefined)?.tokens?.id;
  const jwt = id === undefined ? null : readJwt(id);
  const received = c.before.findLast((request) => request.tokens?.id === id);
  if (jwt?.issued !== undefined && received?.ended != null && Math.abs(jwt.issued * 1000 - received.ended) > 120_000 && received.order > 0) {
    found.push(evidence(14, received.exchange.id, 'ID token claim iat', `An ID token issued at that moment is dated ${duration(jwt.issued * 1000 - received.ended)} from our clock.`, { part: 'response-body' }));
  }
  return found;
}
