import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Exchange, ExportFormat, RunEvent } from '../../../src-main/contract/index.ts';
import { bytesOf, EXPORT_FORMATS, foldRun } from '../../../src-main/contract/index.ts';
import { curlCommand, exportDocument } from '../../../src-main/export/index.ts';
import type { DocumentFormat } from '../../../src-main/export/index.ts';
import { importText } from '../../../src-main/import/index.ts';
import { canaryRun, looksOf } from './support/canary-run.ts';
import { harSchema } from './support/har-schema.ts';

const documents = EXPORT_FORMATS.filter((format): format is DocumentFormat => !format.startsWith('curl-'));
const wholeRun: readonly ExportFormat[] = ['har', 'postman', 'report-markdown', 'report-html'];

async function written(format: DocumentFormat, events: readonly RunEvent[], exchangeId?: string): Promise<string> {
  const made = await exportDocument(format, { events, ...(exchangeId !== undefined && { exchangeId }), diagnosis: null, version: '1.0.0', now: 1_767_225_700_000 });
  if (!made.ok) throw new Error(`${format}: ${made.problem.message} ${made.problem.why ?? ''}`);
  return [...made.value.chunks].join('');
}

const one = (exchange: Partial<Exchange>): RunEvent[] => [{
  seq: 0, at: 0, mono: 0, boot: 'b', type: 'exchange-recorded', step: 's',
  exchange: { id: 'e', purpose: 'token', method: 'POST', url: 'https://as.example/token', request: '', response: null, times: { started: 0, ended: 1 }, connection: null, tls: null, failure: null, ...exchange },
}];
const request = (body: string, headers = '', target = '/token'): string => `POST ${target} HTTP/1.1\r\nHost: as.example\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`;

describe('no secret leaves masked', () => {
  const { raw, masked, canaries, book } = canaryRun();
  const clean = (text: string): void => {
    for (const canary of canaries) for (const look of looksOf(canary)) expect(text).not.toContain(look);
    expect(text).not.toContain('CANARY');
    expect(text).not.toMatch(/[\ue0f0\ue0f1]/);
  };
  it.each(documents)('attack 55: %s', async (format) => {
    for (const id of wholeRun.includes(format) ? [undefined, 'e1', 'e2'] : ['e1', 'e2']) clean(await written(format, masked, id));
  });
  it.each(['sh', 'powershell', 'cmd', 'cmd-file'] as const)('attack 55: curl for %s', (shell) => {
    const exchanges = [...foldRun(raw).exchanges.values()];
    expect(exchanges).toHaveLength(2);
    for (const { exchange } of exchanges) {
      const command = curlCommand(exchange, { secrets: 'variables', known: book.secrets(), shell });
      if (!command.ok) expect([shell, command.problem.why]).toEqual([expect.stringMatching('cmd'), expect.stringContaining('beyond ASCII')]);
      else clean(command.value.text);
    }
  });
  it('with secrets the same formats hold them', async () => {
    expect(await written('har', raw)).toContain(JSON.stringify(canaries[2]).slice(1, -1));
    expect(await written('http-raw', raw, 'e1')).toContain(canaries[2]);
  });
});

describe('pseudonyms', () => {
  it('are the same for the same secret in every step, and in an exchange exported alone', async () => {
    const { masked } = canaryRun();
    const { log: { entries: [callback, first, second] } } = JSON.parse(await written('har', masked)) as { log: { entries: { request: { url: string; postData: { text: string } }; response: { content: { text: string } } }[] } };
    expect(callback?.request.url).toContain('code={{CODE_1}}');
    expect(first?.request.postData.text).toContain('code={{CODE_1}}&code_verifier={{CODE_VERIFIER_1}}');
    expect(JSON.parse(first?.response.content.text ?? '')).toMatchObject({ access_token: '{{ACCESS_TOKEN_1}}', refresh_token: '{{REFRESH_TOKEN_1}}', id_token: expect.stringMatching(/^eyJ[\w-]+\.eyJ[\w-]+\.\{\{SIGNATURE_1\}\}$/) as string });
    expect(second?.request.postData.text).toContain('refresh_token={{REFRESH_TOKEN_1}}');
    expect(await written('http-raw', masked, 'e2')).toContain('refresh_token={{REFRESH_TOKEN_1}}');
  });
});

describe('HAR', () => {
  it('fits the schema of HAR 1.2, and our own reader reads a refused run out of it', async () => {
    const { masked } = canaryRun();
    const text = await written('har', masked);
    expect(harSchema.safeParse(JSON.parse(text)).error?.issues ?? []).toEqual([]);
    const read = importText(text, 'again');
    expect(read.ok && read.value.exchanges).toBe(3);
    if (read.ok) expect(foldRun(read.value.events).refusals.map(({ error }) => error.error)).toEqual(['invalid_grant']);
  });
  it('keeps bodies that are no text, and requests without an answer', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 60 }), async (bytes) => {
      const body = Buffer.from(bytes).toString('latin1');
      const text = await written('har', one({ request: request(body, 'content-type: application/octet-stream\r\n'), failure: { code: 'x', message: 'Refused "connection"' } }));
      const har = JSON.parse(text) as unknown;
      expect(harSchema.safeParse(har).error?.issues ?? []).toEqual([]);
      const read = importText(text);
      const exchange = read.ok ? [...foldRun(read.value.events).exchanges.values()][0]?.exchange : undefined;
      expect(exchange?.request.endsWith(`\r\n\r\n${body}`)).toBe(true);
    }), { numRuns: 40 });
  });
});

describe('.http file', () => {
  const refusals: [string, string, RegExp][] = [
    ['a NUL', 'a\0', /control/], ['bytes that are no text', '\u00ff', /UTF-8/], ['a carriage return', 'a\r\nb', /carriage/], ['white space at the end', 'a\n', /white space/],
    ['the next request', 'a\n### b', /comment/], ['a file', '< /etc/passwd', /file/], ['a script', '> {% client.log(1) %}', /script/], ['a variable of its own', 'a={{CODE_1}}', /variable/],
  ];
  it.each(refusals)('refuses %s', async (_, body, why) => {
    const made = await exportDocument('http-file', { events: one({ request: request(body) }), exchangeId: 'e', diagnosis: null, version: '1', now: 0 });
    expect(made.ok ? null : made.problem).toMatchObject({ code: 'not-exportable', why: expect.stringMatching(why) as string });
  });
  it('says replay-safety and names the variables', async () => {
    const text = await written('http-file', canaryRun().masked, 'e1');
    expect(text).toMatch(/^### token, recorded 2026-01-01T00:00:00.000Z\n# Sending it again: spends-the-grant\./);
    expect(text).toContain('# CODE_1 = authorization code');
    expect(text).toContain('\nPOST https://as.example/token HTTP/1.1\n');
  });
  it('is refused or holds hostile bytes as they are', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: fc.constantFrom('\'', '"', '\\', '$(id)', '`', '!', '%PATH%', '^', '\n', '#', '@', '-', 'é', '{{', '<', 'x', ' ') , maxLength: 12 }), async (body) => {
      const made = await exportDocument('http-file', { events: one({ request: request(bytesOf(body)) }), exchangeId: 'e', diagnosis: null, version: '1', now: 0 });
      if (made.ok && body !== '') expect([...made.value.chunks].join('').endsWith(`\n\n${body}`)).toBe(true);
    }), { numRuns: 150 });
  });
});

describe('Postman', () => {
  it('holds every request, its answer, and a variable without a value for every secret', async () => {
    const collection = JSON.parse(await written('postman', canaryRun().masked)) as { info: { schema: string }; item: { request: { url: { host: string[] }; header: { key: string }[]; body: { raw: string } }; response: { code: number }[] }[]; variable: { key: string; value: string }[] };
    expect(collection.info.schema).toContain('v2.1.0');
    expect(collection.item.map(({ response }) => response[0]?.code)).toEqual([200, 400]);
    expect(collection.item[0]?.request).toMatchObject({ url: { protocol: 'https', host: ['as', 'example'], path: ['token'] }, method: 'POST' });
    expect(collection.item[0]?.request.header.map(({ key }) => key)).not.toContain('Content-Length');
    expect(collection.variable.map(({ key, value }) => [key, value])).toEqual(expect.arrayContaining([['CODE_1', ''], ['REFRESH_TOKEN_1', '']]));
  });
});

describe('report', () => {
  it('has the request ids of the provider at the top', async () => {
    const text = await written('report-markdown', canaryRun().masked);
    const [top = ''] = text.split('## Environment');
    for (const id of ['req-1', 'ms-2', 'ray-2', '00-aa-bb-01', '0a1b2c3d-0000-4000-8000-000000000001']) expect(top.replaceAll('\\', '')).toContain(id);
    expect(text).toContain('POST /token HTTP/1.1');
    expect(text).toContain('2026-01-01T00:00:00.000Z');
  });
  it('attack 56: nothing a server sent is markup in the HTML, and a policy forbids script', async () => {
    const html = await written('report-html', canaryRun().masked);
    expect(html).toContain("default-src 'none'; style-src 'sha256-");
    expect(html).not.toMatch(/<script|<b>|<img|\son\w+=|src=|href=/i);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('<title>Run &lt;b&gt;|`x`</title>');
  });
  it('attack 56: nothing a server sent is a link, a column, markup or a formula in the Markdown', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: fc.constantFrom('|', '`', '*', '[', ']', '(', ')', '<', '>', '!', '#', '=', '+', '-', '@', '\n', 'a', 'https://x.example', '\u202e', '```'), maxLength: 14 }), async (hostile) => {
      const head = `HTTP/1.1 400 Bad\r\nX-Request-Id: id${bytesOf(hostile.replace(/\n/g, ' '))}\r\n\r\n`;
      const text = await written('report-markdown', one({ request: request('a'), response: { status: 400, reason: 'Bad', raw: head + bytesOf(hostile), headLength: head.length, body: bytesOf(hostile) } }));
      const row = text.split('\n').find((line) => line.includes('X-Request-Id')) ?? '';
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
      expect(row).not.toMatch(/https:|(?<!\\)[<>*`[\]]|\u202e/);
    }), { numRuns: 100 });
  });
});
