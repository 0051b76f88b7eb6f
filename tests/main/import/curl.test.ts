import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageParts } from '../../../src-main/contract/read/http.ts';
import { readCurl } from '../../../src-main/import/curl/read.ts';
import type { ImportedExchange, Remark } from '../../../src-main/import/imported.ts';
import { readRaw } from '../../../src-main/import/raw/read.ts';
import { importText } from '../../../src-main/import/index.ts';

function curl(command: string): { exchange: ImportedExchange; remarks: Remark[] } {
  const remarks: Remark[] = [];
  const read = readCurl(command, 0, 'request 1', remarks);
  if (read === null) throw new Error(remarks.map(({ message }) => message).join(' '));
  return { exchange: read.exchange, remarks };
}
const header = (exchange: ImportedExchange, name: string): string | undefined => exchange.headers.find((one) => one.name.toLowerCase() === name)?.value;

describe('curl for sh', () => {
  it('as Chrome writes it, with ANSI quoting', () => {
    const { exchange } = curl("curl 'https://as.test/token' \\\n  -H 'accept: application/json' \\\n  -H 'content-type: application/x-www-form-urlencoded' \\\n  --data-raw $'grant_type=authorization_code&code=a\\'b\\u0021\\x41' \\\n  --compressed");
    expect(exchange).toMatchObject({ method: 'POST', url: 'https://as.test/token', body: "grant_type=authorization_code&code=a'b!A" });
    expect(header(exchange, 'content-type')).toBe('application/x-www-form-urlencoded');
  });

  it('as Postman and Insomnia write it', () => {
    const { exchange } = curl("curl --location --request POST 'https://as.test/token' --header 'Authorization: Basic YTpi' --data-urlencode 'grant_type=authorization_code' --data-urlencode 'redirect_uri=http://localhost:3000/cb?x=1' --data-urlencode 'code=a+b/c'");
    expect(exchange.body).toBe('grant_type=authorization_code&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcb%3Fx%3D1&code=a%2Bb%2Fc');
    expect(header(exchange, 'content-type')).toBe('application/x-www-form-urlencoded');
  });

  it.each([
    ["curl -XPOST https://as.test/token -d a=1 -d b=2", { method: 'POST', body: 'a=1&b=2' }],
    ["curl -sSkX POST https://as.test/token -da=1", { method: 'POST', body: 'a=1' }],
    ['curl https://as.test/token -d "a=\\"1\\"" -v', { method: 'POST', body: 'a="1"' }],
    ["curl -G https://as.test/x -d a=1 --data-urlencode 'b=2 3'", { method: 'GET', url: 'https://as.test/x?a=1&b=2%203', body: '' }],
    ["curl --json '{\"a\":1}' https://as.test/token", { method: 'POST', body: '{"a":1}' }],
    ['curl as.test/token', { method: 'GET', url: 'http://as.test/token' }],
    ['curl https://as.test/a -I', { method: 'HEAD' }],
    ["curl https://as.test/t --data-binary 'a\nb'", { body: 'a\nb' }],
    ["curl https://as.test/t -d 'a=ä'", { body: 'a=\u00c3\u00a4' }],
    ['curl https://as.test/t -d a=1 | jq .', { body: 'a=1' }],
    ['curl https://as.test/t -d a=1&b=2', { body: 'a=1&b=2' }],
  ])('%s', (command, expected) => { expect(curl(command).exchange).toMatchObject(expected); });

  it('-u becomes the header it would send', () => { expect(header(curl('curl -u app:s3cr3t https://as.test/token -d a=1').exchange, 'authorization')).toBe('Basic YXBwOnMzY3IzdA=='); });
  it('-F becomes a multipart body', () => { expect(curl("curl https://as.test/t -F grant_type=authorization_code -F 'code=x y'").exchange.body).toMatch(/name="code"\r\n\r\nx y\r\n/); });
  it('names the position of a quotation mark that is never closed', () => { expect(() => curl("curl 'https://as.test/token")).toThrow(/' at character 6 is never closed/); });
  it('names a missing URL', () => { expect(() => curl('curl -d a=1')).toThrow(/no http or https URL/); });
});

describe('curl for cmd', () => {
  it('as Chrome writes it', () => {
    const { exchange } = curl('curl --request POST --url ^"https://as.test/token^" ^\r\n  -H ^"content-type: application/x-www-form-urlencoded^" ^\r\n  --data-raw ^"grant_type=authorization_code^&code=a^%^2Fb^&x=^\\^"q^\\^"^"');
    expect(exchange).toMatchObject({ method: 'POST', url: 'https://as.test/token', body: 'grant_type=authorization_code&code=a%2Fb&x="q"' });
  });
});

describe('PowerShell', () => {
  it('as Chrome writes it', () => {
    const text = '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = "Mozilla"\nInvoke-WebRequest -UseBasicParsing -Uri "https://as.test/token" `\n-Method "POST" `\n-WebSession $session `\n-Headers @{\n"accept"="*/*"\n  "authorization"="Basic YTpi"\n} `\n-ContentType "application/x-www-form-urlencoded" `\n-Body "grant_type=authorization_code&code=a`"b`$c$([char]228)"\n\n{"error":"invalid_grant"}';
    const { exchanges } = readRaw(text);
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]).toMatchObject({ method: 'POST', url: 'https://as.test/token', body: 'grant_type=authorization_code&code=a"b$c\u00c3\u00a4', response: { status: 400 } });
    expect(header(exchanges[0]!, 'authorization')).toBe('Basic YTpi');
  });

  it('with a table as body', () => {
    const { exchanges } = readRaw("Invoke-RestMethod -Uri 'https://as.test/token' -Method Post -Body @{ grant_type='refresh_token'; refresh_token = 'it''s' }");
    expect(exchanges[0]).toMatchObject({ method: 'POST', body: 'grant_type=refresh_token&refresh_token=it%27s' });
  });
});

describe('any value', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((value) => !/[\0\r]/.test(value) && value.isWellFormed());
  it('in single quotes comes through whole', () => {
    fc.assert(fc.property(text, (value) => {
      const command = `curl https://as.test/t --data-raw '${value.replaceAll("'", "'\\''")}'`;
      expect(new TextDecoder().decode(Uint8Array.from(curl(command).exchange.body, (c) => c.charCodeAt(0)))).toBe(value);
    }));
  });
  it('is imported without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => { expect(() => importText(`curl ${value}`)).not.toThrow(); }), { numRuns: 400 });
    fc.assert(fc.property(fc.array(fc.constantFrom("'", '"', '\\', '$', '^', '`', '\n', ' ', '-d', '-H', '@', '{', '}', '=', ';', '|', 'https://a.test', 'x', 'HTTP/1.1 400', 'POST /x'), { maxLength: 40 }), (parts) => { expect(() => importText(`curl ${parts.join('')}`)).not.toThrow(); }), { numRuns: 600 });
  });
});

describe('the run of a curl command', () => {
  it('holds the request as bytes', () => {
    const read = importText('curl https://as.test/token -d grant_type=refresh_token -d refresh_token=abc\n\n{"error":"invalid_grant"}');
    if (!read.ok) throw new Error(read.problem.message);
    const recorded = read.value.events.find((event) => event.type === 'exchange-recorded');
    expect(messageParts(recorded?.type === 'exchange-recorded' ? recorded.exchange.request : '')).toMatchObject({ startLine: 'POST /token HTTP/1.1', body: 'grant_type=refresh_token&refresh_token=abc' });
    expect(read.value.secrets).toContain('refresh_token');
    expect(read.value.events.some(({ type }) => type === 'grant-refused')).toBe(true);
  });
});

describe('commands as people type them', () => {
  it.each([
    ['CURL -X POST https://as.test/token -d "grant_type=client_credentials"'],
    ['/usr/bin/curl https://as.test/token -d "grant_type=client_credentials"'],
    ['$ sudo curl https://as.test/token -d grant_type=client_credentials'],
    ['C:\\Windows\\System32\\curl.exe https://as.test/token -d "grant_type=client_credentials"'],
    ["Invoke-RestMethod -Method Post -Uri https://as.test/token -Body @{ grant_type='client_credentials' }"],
    ["irm https://as.test/token -Method Post -Body 'grant_type=client_credentials'"],
  ])('%s', (command) => {
    const [exchange] = readRaw(`${command}\n\n{"error":"invalid_client"}\n`).exchanges;
    expect(exchange).toMatchObject({ method: 'POST', url: 'https://as.test/token', body: 'grant_type=client_credentials', response: { status: 400 } });
    expect(exchange === undefined ? undefined : header(exchange, 'content-type')).toBe('application/x-www-form-urlencoded');
  });

  it('and the status that the answer names', () => {
    expect(readRaw('curl https://as.test/token -d a=b\n\n{"code":401,"msg":"no"}\n').exchanges[0]?.response?.status).toBe(401);
  });
});
