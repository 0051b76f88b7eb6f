import { createHash } from 'node:crypto';
import type { Exchange, RunEvent } from '../../../../src-main/contract/index.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A token answer as providers send it, with a refresh for each exchange. */
export function exchangeNumber(index: number): Exchange {
  const [refresh, next, access] = [`CANARY-refresh-${hash(`r${index}`)}`, `CANARY-refresh-${hash(`r${index + 1}`)}`, `CANARY-access-${hash(`a${index}`)}`];
  const body = `grant_type=refresh_token&refresh_token=${refresh}&scope=openid%20profile%20offline_access`;
  const answer = JSON.stringify({ access_token: access, refresh_token: next, token_type: 'Bearer', expires_in: 3600, scope: 'openid profile offline_access' });
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nCache-Control: no-store\r\nX-Request-Id: ${hash(`x${index}`).slice(0, 20)}\r\nDate: Mon, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: ${answer.length}\r\n\r\n`;
  return {
    id: `e${index}`, purpose: 'token', method: 'POST', url: 'https://as.example/oauth/token',
    request: `POST /oauth/token HTTP/1.1\r\nHost: as.example\r\nContent-Type: application/x-www-form-urlencoded\r\nAuthorization: Basic ${btoa('client:CANARY-client-secret')}\r\nAccept: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    response: { status: 200, reason: 'OK', raw: head + answer, headLength: head.length, body: answer },
    times: { started: 1_767_225_600_000 + index * 1000, connected: 10, secured: 25, sent: 26, firstByte: 80, ended: 82 },
    connection: { remoteAddress: '192.0.2.1', remotePort: 443, localAddress: '192.0.2.2', localPort: 50_000 }, tls: null, failure: null,
  };
}

/** A Run of that many refreshes. */
export function longRun(count: number): RunEvent[] {
  const common = { mono: 0, boot: 'b', at: 1_767_225_600_000 };
  const events: RunEvent[] = [{ ...common, seq: 0, type: 'run-started', runId: '6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f10', origin: 'live', environment: null, client: { id: 'client', authMethod: 'client_secret_basic' }, browser: 'system', versions: {}, hasSecret: true }];
  for (let index = 0; index < count; index += 1) events.push({ ...common, seq: index + 1, type: 'exchange-recorded', step: 's', exchange: exchangeNumber(index) });
  return events;
}
