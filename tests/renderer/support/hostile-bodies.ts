import type { RunEvent } from '../../../src-main/contract/run.ts';
import { bytesOf } from '../../../src-main/contract/read/http.ts';
import { mask, maskedJwt } from './masked.ts';
import { Recording, environmentOf } from './recording.ts';

const url = 'https://hostile.example/token';
const times = { exp: 1_900_000_000_000, iat: '1700000000', aud: ['web', 'other'] };

/** Requests and answers that are made to be hard to show, each at an address that says what it is. */
export function hostileRun(runId: string, start: number): RunEvent[] {
  const recording = new Recording(runId, start, 5000);
  recording.add({ type: 'run-started', runId, origin: 'live', environment: environmentOf({ name: 'Hostile' }), client: { id: 'web', authMethod: 'none' }, browser: 'system', versions: {}, hasSecret: false });
  const answer = (name: string, type: string, body: string, request: { headers?: string[]; body?: string; query?: string } = {}): void => recording.step('exchange', (step) => {
    recording.exchange(step, 'token', { method: 'POST', url: `${url}/${name}${request.query ?? ''}`, headers: ['Content-Type: application/x-www-form-urlencoded', ...(request.headers ?? [])], body: request.body ?? '' },
      { status: 200, reason: 'OK', headers: [`Content-Type: ${type}`, 'X-Never-Heard-Of: \u0001x'], body }, 5);
  });
  answer('deep', 'application/json', '['.repeat(20_000) + ']'.repeat(20_000));
  answer('line', 'text/plain', `${'x'.repeat(1_048_576)}needle`);
  answer('many', 'application/json', JSON.stringify({ values: Array.from({ length: 40_000 }, (_none, n) => ({ n, name: `value ${n}` })), last: 'needle' }));
  answer('page', 'text/html', '<!doctype html><title>x</title><script>window.ran = true</script><img src=x onerror="window.ran = true"><b>bold</b>');
  answer('picture', 'image/png', `\u0089PNG\r\n\u001a\n\0${'\u00ff\0'.repeat(3000)}`);
  answer('marks', 'application/json', bytesOf('{"name":"a\u202egnp.exe","zero":"b\u200bc","n":12345678901234567890,"n":2}'), {
    query: '?scope=openid%20email&x=%FF&redirect_uri=https%253A%252F%252Fa', body: 'a=1&a=2&=v&flag&scope=openid+email&bad=100%',
    headers: [`DPoP: ${maskedJwt({ htm: 'POST' }, { alg: 'none', typ: 'JWT' })}`, 'X-Request-Id: 7'],
  });
  answer('token', 'application/json', JSON.stringify({ id_token: maskedJwt(times, { alg: 'HS256', typ: 'JWT' }), access_token: mask('access_token', 'hostile') }));
  recording.add({ type: 'flow-ended', outcome: 'ok' });
  return recording.events;
}
