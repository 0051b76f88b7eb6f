import type { Exchange, TokenKind, TokenState } from '../../../../src-main/contract/index.ts';
import { bytesOf } from '../../../../src-main/contract/index.ts';

/** Our clock when the request went out; a whole second, so that `Date` can say it exactly. */
export const started = 1_700_000_000_000;

export interface AnswerOptions { headers?: Record<string, string>; body?: unknown; serverAt?: number; trip?: number }

/** A token answer with a `Date` of `serverAt`, which came `trip` milliseconds after the request was sent. */
export function answer({ headers = {}, body = {}, serverAt = started, trip = 100 }: AnswerOptions = {}): Exchange {
  const lines = Object.entries({ Date: new Date(serverAt).toUTCString(), 'Content-Type': 'application/json', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `HTTP/1.1 200 OK\r\n${lines}\r\n`;
  const text = bytesOf(JSON.stringify(body));
  return {
    id: 'e', purpose: 'token', method: 'POST', url: 'https://as.example/token', request: '', connection: null, tls: null, failure: null,
    response: { status: 200, reason: 'OK', raw: head + text, headLength: head.length, body: text },
    times: { started, sent: 0, firstByte: trip, ended: trip + 5 },
  };
}

export function token(kind: TokenKind, more: { value?: string; expiresIn?: unknown } = {}): TokenState {
  return {
    record: { id: 't', kind, value: more.value ?? 'opaque', ...('expiresIn' in more && { expiresIn: more.expiresIn }) },
    fate: 'live', generation: 0, step: 's', exchangeId: 'e', receivedAt: started + 110, receivedMono: 5000, boot: 'boot-1', verdicts: [],
  };
}

export const jwt = (claims: unknown): string => `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
