import { utf8Of } from '../../contract/read/http.ts';
import { isObject, parseJson } from '../../contract/read/json.ts';
import type { Case } from './case.ts';
import { dateOf } from './time.ts';
import type { TokenRequest } from './token-request.ts';
import { clientIdOf, DEVICE_GRANT, grantTypeOf, readTokenRequest, sent } from './token-request.ts';

/** What issued a device code: the answer of the device authorization endpoint (RFC 8628 §3.2). */
export interface DeviceIssue {
  exchangeId: string;
  clientId: string | undefined;
  /** Seconds the device code lives; null where the answer does not say. */
  lifetime: number | null;
  /** Milliseconds from the issue to the refused request, by the server's clock where both answers have one; null without times. */
  age: number | null;
}

/** The device code a request hands over; undefined for every other grant. */
export const deviceCodeOf = (request: TokenRequest): string | undefined => (grantTypeOf(request) === DEVICE_GRANT ? sent(request, 'device_code') : undefined);

/** The recorded device authorization the refused request's code came from. */
export function deviceIssueOf(c: Case): DeviceIssue | null {
  const code = c.request === null ? undefined : deviceCodeOf(c.request);
  if (c.request === null || code === undefined) return null;
  for (const { exchange } of [...c.surroundings].reverse()) {
    const answer = exchange.purpose === 'device' && exchange.response !== null ? parseJson(utf8Of(exchange.response.body)) : undefined;
    if (!isObject(answer) || answer['device_code'] !== code) continue;
    const lifetime = Number(answer['expires_in'] ?? Number.NaN);
    const date = dateOf(exchange);
    const ours = exchange.times.started > 0 && c.request.started !== null ? c.request.started - exchange.times.started - exchange.times.ended : null;
    return {
      exchangeId: exchange.id, clientId: clientIdOf(readTokenRequest(exchange, '', 0)), lifetime: lifetime > 0 ? lifetime : null,
      age: date !== null && c.request.serverTime !== null ? c.request.serverTime - date : ours,
    };
  }
  return null;
}
