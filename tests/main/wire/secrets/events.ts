import { gzipSync } from 'node:zlib';
import type { Exchange, RunEvent } from '../../../../src-main/contract/index.ts';
import { bytesOf } from '../../../../src-main/contract/index.ts';

const stamp = { at: 1_700_000_000_000, mono: 5, boot: 'boot' };

/** An event with the fields every event has. */
export const event = (fields: Record<string, unknown>, seq = 1): RunEvent => ({ seq, ...stamp, ...fields }) as RunEvent;

export interface Answer { head?: string; body: string; type?: string; gzip?: boolean; chunks?: number }

export function exchangeOf(request: string, answer: Answer | null = null, more: Partial<Exchange> = {}): Exchange {
  return {
    id: 'exchange-1', purpose: 'token', method: 'POST', url: 'https://as.example/token', request, times: { started: 1, ended: 2 },
    response: answer && responseOf(answer), connection: null, tls: null, failure: null, ...more,
  };
}

function responseOf({ head = '', body, type = 'application/json', gzip = false, chunks }: Answer): NonNullable<Exchange['response']> {
  const decoded = bytesOf(body);
  const sent = gzip ? gzipSync(Buffer.from(decoded, 'latin1')).toString('latin1') : decoded;
  const framed = chunks === undefined ? sent : chunked(sent, chunks);
  const lines = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\n${gzip ? 'content-encoding: gzip\r\n' : ''}`
    + `${chunks === undefined ? `content-length: ${framed.length}` : 'transfer-encoding: chunked'}\r\n${head}\r\n`;
  return { status: 200, reason: 'OK', raw: lines + framed, headLength: lines.length, body: decoded };
}

function chunked(body: string, size: number): string {
  const pieces = [];
  for (let at = 0; at < body.length; at += size) pieces.push(`${Math.min(size, body.length - at).toString(16)}\r\n${body.slice(at, at + size)}\r\n`);
  return `${pieces.join('')}0\r\n\r\n`;
}

export const recorded = (exchange: Exchange, seq = 1): RunEvent => event({ type: 'exchange-recorded', step: 'step-1', exchange }, seq);

export const post = (body: string, headers = ''): string =>
  `POST /token HTTP/1.1\r\nHost: as.example\r\nContent-Type: application/x-www-form-urlencoded\r\n${headers}\r\n${body}`;

/** A secret in every spelling a search for it would use. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const encoded = encodeURIComponent(secret);
  const form = new URLSearchParams({ a: secret }).toString().slice(2);
  const base64 = [0, 1, 2].map((lead) => Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64')
    .slice(Math.ceil((lead * 8) / 6), Math.floor(((lead + bytes.length) * 8) / 6)));
  return [...new Set([
    secret, bytes.toString('latin1'), encoded, encoded.replace(/%../g, (hex) => hex.toLowerCase()), form, JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;'),
  ])].filter((text) => text.length >= 6);
}

/** The spellings of a secret that an event still holds. */
export function leaks(masked: unknown, secret: string): string[] {
  const strings: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') strings.push(value);
    else if (typeof value === 'object' && value !== null) Object.entries(value).forEach(([key, member]) => { strings.push(key); collect(member); });
  };
  collect(masked);
  const all = strings.join('\n');
  return spellings(secret).filter((text) => all.includes(text) || JSON.stringify(masked).includes(text));
}
