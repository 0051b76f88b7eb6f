import { randomBytes } from 'node:crypto';
import type { Exchange, RunEvent } from '../../../../src-main/contract/index.ts';
import { SecretBook } from '../../../../src-main/wire/secrets/index.ts';

const random = (): string => randomBytes(9).toString('base64url');
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A Run whose every secret is a canary with characters that encodings change. */
export function canaryRun(): { raw: RunEvent[]; masked: RunEvent[]; canaries: string[]; book: SecretBook } {
  const secret = `CANARY-secret-"/+\\ <é>-${random()}`;
  const [code, verifier, access, refresh, cookie] = [`CANARY-code/${random()}`, `CANARY-verifier-${random()}`, `CANARY-access+${random()}`, `CANARY-refresh=${random()}`, `CANARY-cookie-${random()}`];
  const signature = `CANARY-signature-${random()}`;
  const idToken = `${part({ alg: 'RS256', kid: 'k1' })}.${part({ iss: 'https://as.example', sub: 'ada' })}.${Buffer.from(signature).toString('base64url')}`;
  const body = `grant_type=authorization_code&code=${encodeURIComponent(code)}&code_verifier=${verifier}&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcb`;
  const answer = JSON.stringify({ access_token: access, refresh_token: refresh, id_token: idToken, token_type: 'Bearer', expires_in: 60 });
  const error = JSON.stringify({ error: 'invalid_grant', error_description: `refused | **bold** <script>alert(1)</script> for ${refresh}`, correlation_id: '0a1b2c3d-0000-4000-8000-000000000001' });
  const exchange = (id: string, requestBody: string, status: number, reason: string, responseBody: string, headers: string): Exchange => {
    const head = `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json\r\n${headers}Content-Length: ${Buffer.byteLength(responseBody)}\r\n\r\n`;
    return {
      id, purpose: 'token', method: 'POST', url: 'https://as.example/token',
      request: `POST /token HTTP/1.1\r\nHost: as.example\r\nAuthorization: Basic ${Buffer.from(`client:${encodeURIComponent(secret)}`).toString('base64')}\r\nContent-Type: application/x-www-form-urlencoded\r\nCookie: sid=${cookie}\r\nContent-Length: ${requestBody.length}\r\n\r\n${requestBody}`,
      response: { status, reason, raw: head + responseBody, headLength: head.length, body: responseBody },
      times: { started: 1_767_225_600_000, connected: 5, secured: 20, sent: 21, firstByte: 90, ended: 95 },
      connection: { remoteAddress: '192.0.2.1', remotePort: 443, localAddress: '192.0.2.2', localPort: 50_000 }, tls: null, failure: null,
    };
  };
  const common = { mono: 0, boot: 'b', at: 1_767_225_600_000 };
  const callback = `GET /cb?code=${encodeURIComponent(code)}&state=s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
  const raw: RunEvent[] = [
    { ...common, seq: 0, type: 'run-started', runId: '6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f10', origin: 'live', environment: null, client: { id: 'client', authMethod: 'client_secret_basic' }, browser: 'system', versions: { grantscope: '1' }, hasSecret: true, title: 'Run <b>|`x`' },
    { ...common, seq: 1, type: 'step-started', step: 's1', kind: 'receive' },
    { ...common, seq: 2, type: 'listening', step: 's1', redirectUri: 'http://127.0.0.1:5000/cb', address: '127.0.0.1', port: 5000 },
    { ...common, seq: 3, type: 'callback-received', step: 's1', verdict: 'accepted', request: callback, parameters: [{ name: 'code', value: code }, { name: 'state', value: 's' }], carrier: 'query', answered: 200 },
    { ...common, seq: 4, type: 'step-started', step: 's2', kind: 'exchange' },
    { ...common, seq: 5, type: 'exchange-recorded', step: 's2', exchange: exchange('e1', body, 200, 'OK', answer, 'X-Request-Id: req-1\r\n') },
    { ...common, seq: 6, type: 'step-ended', step: 's2', outcome: 'ok' },
    { ...common, seq: 7, type: 'step-started', step: 's3', kind: 'refresh' },
    { ...common, seq: 8, type: 'exchange-recorded', step: 's3', exchange: exchange('e2', `grant_type=refresh_token&refresh_token=${encodeURIComponent(refresh)}`, 400, 'Bad Request', error, 'x-ms-request-id: ms-2\r\nCF-Ray: ray-2\r\ntraceparent: 00-aa-bb-01\r\n') },
    { ...common, seq: 9, type: 'grant-refused', step: 's3', exchangeId: 'e2', error: { error: 'invalid_grant', foundIn: 'json', status: 400 } },
  ];
  const book = new SecretBook(randomBytes(32));
  for (const event of raw) book.learn(event);
  return { raw, masked: raw.map((event) => book.maskEvent(event)), canaries: [secret, code, verifier, access, refresh, cookie, signature], book };
}

/** Every look of a canary that must not leave: as it is, in URLs, in JSON, in HTML, in base64 at each alignment. */
export function looksOf(canary: string): string[] {
  const base64 = [0, 1, 2].flatMap((lead) => {
    const text = Buffer.concat([Buffer.alloc(lead), Buffer.from(canary)]).toString('base64');
    const inner = text.slice(lead === 0 ? 0 : 4, -4);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const json = JSON.stringify(canary).slice(1, -1);
  return [canary, encodeURIComponent(canary), new URLSearchParams([['', canary]]).toString().slice(1), json, json.replaceAll('/', '\\/'), JSON.stringify(json).slice(1, -1), canary.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'), ...base64];
}
