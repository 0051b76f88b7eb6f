import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Exchange, RunEvent } from '../../../src-main/contract/index.ts';
import { bytesOf, EXPORT_FORMATS, ok } from '../../../src-main/contract/index.ts';
import { createLedger } from '../../../src-main/diagnosis/index.ts';
import { exportHandlers } from '../../../src-main/ipc/handlers/export.ts';
import { MaskedRuns } from '../../../src-main/ipc/masked-runs.ts';
import type { Services } from '../../../src-main/services.ts';
import { SecretClipboard } from '../../../src-main/shell/clipboard.ts';
import { looksOf } from './support/canary-run.ts';

const runId = '6f0e3f2e-7c7f-4c55-9b7e-1f6b6a6f7f10';
const common = { mono: 0, boot: 'b', at: 1_767_225_600_000 };
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const twice = (text: string): string => encodeURIComponent(encodeURIComponent(text));
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const escaped = (text: string): string => [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** A Run that knows its secret from a token request, and an exchange in which it stands again. */
function runWith(secret: string, exchange: Exchange): RunEvent[] {
  const body = `grant_type=refresh_token&refresh_token=${encodeURIComponent(secret)}`;
  const first: Exchange = { ...exchange, id: 'e1', url: 'https://as.example/token', request: `POST /token HTTP/1.1\r\nHost: as.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`, response: null };
  return [
    { ...common, seq: 0, type: 'run-started', runId, origin: 'live', environment: null, client: { id: 'client', authMethod: 'none' }, browser: 'system', versions: {}, hasSecret: false },
    { ...common, seq: 1, type: 'exchange-recorded', step: 's', exchange: first },
    { ...common, seq: 2, type: 'exchange-recorded', step: 's', exchange: { ...exchange, id: 'e2' } },
  ];
}

function exchangeWith(target: string, headers: string, body: string, answerHead: string, answer: string): Exchange {
  const head = `HTTP/1.1 400 Bad Request\r\n${answerHead}\r\n`;
  return {
    id: 'e2', purpose: 'other', method: 'POST', url: `https://as.example${target}`, request: `POST ${target} HTTP/1.1\r\nHost: as.example\r\n${headers}Content-Length: ${bytesOf(body).length}\r\n\r\n${bytesOf(body)}`,
    response: { status: 400, reason: 'Bad Request', raw: head + bytesOf(answer), headLength: head.length, body: bytesOf(answer) },
    times: { started: common.at, ended: 5 }, connection: null, tls: null, failure: null,
  };
}

/** Everything that leaves masked, by format; refusals say why and hold nothing either. */
async function leaving(events: RunEvent[]): Promise<[string, string][]> {
  const services = { history: { read: () => ok(events) }, ledger: () => createLedger(new Uint8Array(32), []) } as unknown as Services;
  const runs = new MaskedRuns({ load: () => ok(events), isRunning: () => false, clock: () => ({ at: 0, mono: 0, boot: 'b' }), fingerprintKey: () => new Uint8Array(32).fill(3) });
  const files: string[] = [];
  const board = new SecretClipboard({ writeText: () => undefined, readText: () => '', clear: () => undefined });
  const handlers = exportHandlers(services, runs, board, {
    askPath: async () => '/tmp/x', askText: async () => null,
    write: async (_path, chunks) => {
      files.push([...chunks].join(''));
      return ok(null);
    },
  }, '1', () => 0);
  const left: [string, string][] = [];
  for (const format of EXPORT_FORMATS) {
    for (const exchangeId of ['e1', 'e2']) {
      files.length = 0;
      const answer = await handlers['export.save']({ runId, exchangeId, format, secrets: false });
      left.push([format, `${files.join('')}${JSON.stringify(answer)}`]);
    }
  }
  return left;
}

const places: Readonly<Record<string, (secret: string) => Exchange>> = {
  'a segment of the path': (s) => exchangeWith(`/a/${encodeURIComponent(s)}/b`, '', '', '', ''),
  'a query, percent-encoded twice': (s) => exchangeWith(`/a?next=${twice(`https://x.example/?t=${s}`)}`, '', '', `Location: https://x.example/?u=${twice(s)}\r\n`, ''),
  'a body of JSON in JSON': (s) => exchangeWith('/a', 'Content-Type: application/json\r\n', JSON.stringify({ data: { inner: JSON.stringify({ note: s }) } }), 'Content-Type: application/json\r\n', JSON.stringify({ a: [{ b: JSON.stringify({ c: s }) }] })),
  'JSON with every character escaped': (s) => exchangeWith('/a', 'Content-Type: application/json\r\n', `{"note":"${escaped(s)}"}`, 'Content-Type: application/json\r\n', `{"note":"${escaped(s)}"}`),
  'a form in a form': (s) => exchangeWith('/a', 'Content-Type: application/x-www-form-urlencoded\r\n', `RelayState=${encodeURIComponent(`a=1&t=${encodeURIComponent(s)}`)}`, '', ''),
  'base64 in a header': (s) => exchangeWith('/a', `X-State: ${base64(`abc:${s}`)}\r\nX-Url: ${base64(`x${s}`).replaceAll('+', '-').replaceAll('/', '_')}\r\n`, '', `X-Back: ${base64(`xy${s}`)}\r\n`, ''),
  'base64 in a body': (s) => exchangeWith('/a', 'Content-Type: text/plain\r\n', `begin ${base64(s)} end`, '', base64(`12${s}`)),
  'a Basic credential': (s) => exchangeWith('/a', `Authorization: Basic ${base64(`id:${s}`)}\r\n`, '', '', ''),
  'a Set-Cookie and a Cookie': (s) => exchangeWith('/a', `Cookie: a=1; sid=${encodeURIComponent(s)}\r\n`, '', `Set-Cookie: sid=${encodeURIComponent(s)}; Path=/; HttpOnly\r\n`, ''),
  'a Location with a fragment': (s) => exchangeWith('/a', '', '', `Location: https://app.example/cb#access_token=${encodeURIComponent(s)}&state=1\r\n`, ''),
  'a Location with user and password': (s) => exchangeWith('/a', '', '', `Location: https://user:${encodeURIComponent(s)}@x.example/\r\n`, ''),
  'a JWT in a JWT': (s) => exchangeWith('/a', `X-Token: ${part({ alg: 'RS256' })}.${part({ nested: `${part({ alg: 'HS256' })}.${part({ refresh: s })}.c2lnbmF0dXJl` })}.c2lnbmF0dXJlMg\r\n`, '', '', ''),
  'an echo in error_description': (s) => exchangeWith('/a', '', '', 'Content-Type: application/json\r\n', JSON.stringify({ error: 'invalid_grant', error_description: `Token '${s}' is not known` })),
  'the page of a form_post': (s) => exchangeWith('/a', '', '', 'Content-Type: text/html\r\n', `<form method="post"><input type="hidden" name="code" value="${s.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}"></form>`),
};

const secretOf = (middle: string): string => `CANARY-${randomBytes(9).toString('base64url')}${middle}${randomBytes(9).toString('base64url')}-end`;
// The looks with every character escaped, and encoded twice.
const looks = (secret: string): string[] => [...looksOf(secret), twice(secret), escaped(secret), Buffer.from(secret).toString('hex')];

describe('attack 55: a secret in an unusual place leaves in no masked export', () => {
  it.each(Object.keys(places))('%s', async (place) => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', '/', '+', '=', '&', '"', '\\', ' ', '%', 'é', '<', '~'), maxLength: 5 }), async (middle) => {
      const secret = secretOf(middle);
      for (const [format, text] of await leaving(runWith(secret, (places[place] as (secret: string) => Exchange)(secret)))) {
        for (const look of looks(secret)) expect([format, text.includes(look) && look]).toEqual([format, false]);
      }
    }), { numRuns: 6 });
  });
});
