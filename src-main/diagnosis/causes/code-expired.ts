import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { deviceIssueOf } from '../case/device.ts';
import { duration } from '../case/time.ts';
import { sent } from '../case/token-request.ts';
import { DECISIVE, defineCause } from '../cause.ts';
import { atParameter } from '../evidence.ts';

/** RFC 6749 §4.1.2: "A maximum authorization code lifetime of 10 minutes is RECOMMENDED." Many servers give one minute or less. */
const RECOMMENDED_MAXIMUM = 600_000;

export const codeExpired = defineCause({
  id: 'code_expired', family: 'code', scope: 'code',
  title: 'The authorization code had expired',
  fix: 'Authorize again and redeem the code at once, in the same step that receives the callback.',
  tellApart: 'A fresh code redeemed within a second: if it works, the old one was too late.',
  unknowable: 'The time between the callback and the token request is not recorded, so the age of the code cannot be known from here.',
  examine: (c) => (c.kind === 'other' ? ageOfDeviceCode(c) : ageEvidence(c)),
});

/** A device code says itself how long it lives (RFC 8628 §3.2). */
function ageOfDeviceCode(c: Case): Evidence[] {
  const issue = deviceIssueOf(c);
  if (issue?.age == null || issue.lifetime === null || c.request === null) return [];
  const values: [string, string][] = [['Age of the device code', duration(issue.age)], ['Lifetime', duration(issue.lifetime * 1000)]];
  const late = issue.age > issue.lifetime * 1000;
  return [atParameter(late ? DECISIVE : -60, c.request, 'device_code', `The device code was ${duration(issue.age)} old when it was sent, and its answer gave it ${duration(issue.lifetime * 1000)}.`, { values, source: 'https://www.rfc-editor.org/rfc/rfc8628#section-3.2' })];
}

interface Age { milliseconds: number; how: string; browser: number | null }

/** Age of the code when it was sent: by the server's clock where both answers carry a `Date`, else by ours. */
export function ageOfCode(c: Case): Age | null {
  const { request, callback } = c;
  if (request === null || callback === null || c.kind !== 'code' || sent(request, 'code') === undefined) return null;
  const browser = callback.at !== null && c.authorization?.at != null ? callback.at - c.authorization.at : null;
  const byUs = callback.at !== null && request.started !== null ? request.started - callback.at : null;
  if (callback.serverTime !== null && request.serverTime !== null) {
    const byServer = request.serverTime - callback.serverTime;
    // `Date` counts whole seconds: ours is finer while both agree.
    if (byUs === null || Math.abs(byServer - byUs) > 2500) return { milliseconds: byServer, how: 'by the server’s clock (Date headers)', browser };
  }
  return byUs === null ? null : { milliseconds: byUs, how: 'by our clock', browser };
}

function ageEvidence(c: Case): Evidence[] {
  const age = ageOfCode(c);
  if (age === null || c.request === null) return [];
  const practice = c.state.environment?.provider.kind === 'practice' ? c.state.environment.provider.lifetimes.authorizationCode : null;
  const known = practice ?? c.recognised?.provider.knowledge.code_lifetime.seconds ?? null;
  const values: [string, string][] = [['Age of the code', duration(age.milliseconds)]];
  if (age.browser !== null) values.push(['Before that, in the browser', duration(age.browser)]);
  const source = practice !== null ? undefined : c.recognised?.provider.knowledge.code_lifetime.source ?? undefined;
  if (known !== null) values.push(['Lifetime', duration(known * 1000)]);
  const text = `The code was ${duration(age.milliseconds)} old when it was sent, ${age.how}`;
  const about = (weight: number, rest: string, from = source): Evidence =>
    atParameter(weight, c.request as NonNullable<Case['request']>, 'code', `${text}${rest}`, { values, ...(from !== undefined && { source: from }) });
  if (known !== null) {
    const limit = known * 1000;
    // Two seconds of doubt for rounding and the way.
    if (age.milliseconds > limit + 2000 || (practice !== null && age.milliseconds > limit)) return [about(practice === null ? DECISIVE - 6 : DECISIVE + 2, `; this provider’s codes live ${duration(limit)}.`)];
    if (practice !== null && age.milliseconds < limit - 2000) return [about(-90, `, and it lives ${duration(limit)}.`)];
    if (age.milliseconds < limit / 2) return [about(age.milliseconds < 10_000 ? -40 : -15, `; this provider’s codes live about ${duration(limit)}.`)];
    return [about(14, `; this provider’s codes live about ${duration(limit)}.`)];
  }
  const rfc = 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2';
  if (age.milliseconds > RECOMMENDED_MAXIMUM) return [about(80, ', more than the 10 minutes recommended as the maximum.', rfc)];
  if (age.milliseconds > 300_000) return [about(60, '; many servers give five minutes or less.', rfc)];
  if (age.milliseconds > 60_000) return [about(46, '; many servers give one minute.', rfc)];
  if (age.milliseconds > 30_000) return [about(30, '; some servers give thirty seconds.', rfc)];
  if (age.milliseconds > 5000) return [about(16, '; a program redeems a code within a second, so it waited somewhere.', rfc)];
  if (age.milliseconds > 2500) return [about(5, '.', rfc)];
  return [about(age.milliseconds < 1500 ? -60 : -25, '; hardly any server gives less.', rfc)];
}
