import { Buffer } from 'node:buffer';
import { bytesOf } from '../../contract/read/http.ts';
import type { Header } from '../../contract/read/http.ts';
import type { ImportedExchange, Remark } from '../imported.ts';
import { remark } from '../imported.ts';

export const POWERSHELL = /(?:^|[\s;=(])(?:invoke-webrequest|invoke-restmethod|iwr|irm)\b/i;

/**
 * Reads Invoke-WebRequest and Invoke-RestMethod as browsers' "copy as PowerShell" writes them. Read as text: nothing is evaluated;
 * variables other than the usual session stay literal.
 */
export function readPowershell(text: string, start: number, id: string, remarks: Remark[]): { exchange: ImportedExchange; end: number } | null {
  const call = POWERSHELL.exec(text.slice(start));
  if (call === null) return null;
  const from = start + call.index + call[0].length;
  const end = endOfCall(text, from);
  const command = text.slice(from, end);
  const url = stringOption(command, 'Uri') ?? /-Uri\s+(https?:\/\/[^\s`;"']+)/i.exec(command)?.[1] ?? firstString(command);
  if (url === undefined || !URL.canParse(url)) {
    remarks.push(remark('no-url', 'The PowerShell command names no readable -Uri.', `character ${from}`));
    return null;
  }
  const headers: Header[] = tableOption(command, 'Headers').map(([name, value]) => ({ name, value }));
  const contentType = stringOption(command, 'ContentType');
  if (contentType !== undefined) headers.push({ name: 'Content-Type', value: contentType });
  const table = tableOption(command, 'Body');
  const body = table.length > 0 ? new URLSearchParams(table).toString() : stringOption(command, 'Body') ?? '';
  if (/-(?:InFile|OutFile)\b/i.test(command)) remarks.push(remark('file-option', 'Options that read or write files (-InFile, -OutFile) were left out.', `character ${from}`));
  const method = stringOption(command, 'Method') ?? /-Method\s+([A-Za-z]+)/i.exec(command)?.[1] ?? (body === '' ? 'GET' : 'POST');
  // What PowerShell sends with a POST that names no type.
  if (body !== '' && method.toUpperCase() === 'POST' && contentType === undefined && !headers.some(({ name }) => name.toLowerCase() === 'content-type')) headers.push({ name: 'Content-Type', value: 'application/x-www-form-urlencoded' });
  return {
    end,
    exchange: { id, method: method.toUpperCase(), url, headers, body: bytesOf(body), response: null, started: null, duration: 0 },
  };
}

/** Up to the first line end that is neither continued by a backtick nor inside quotes, braces or parentheses. */
function endOfCall(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '`') { at += text[at + 1] === '\r' ? 2 : 1; continue; }
    if (quote !== '') { if (char === quote) quote = ''; continue; }
    if (char === '"' || char === "'") quote = char;
    else if ('({['.includes(char)) depth += 1;
    else if (')}]'.includes(char)) { if (depth === 0) return at; depth -= 1; } else if (char === '\n' && depth === 0) return at;
  }
  return text.length;
}

const STRING = '"(?:[^"`]|`[\\s\\S]|"")*"|\'(?:[^\']|\'\')*\'';

function stringOption(command: string, name: string): string | undefined {
  const match = new RegExp(`-${name}\\s+(?:\\(\\[[^\\]]*\\][^(]*\\()?(${STRING})`, 'i').exec(command);
  return match?.[1] === undefined ? undefined : unquoted(match[1]);
}

function firstString(command: string): string | undefined {
  const match = new RegExp(`^\\s*(?:-UseBasicParsing\\s+)?(${STRING}|https?://\\S+)`, 'i').exec(command);
  return match?.[1] === undefined ? undefined : unquoted(match[1]);
}

function tableOption(command: string, name: string): [string, string][] {
  const start = new RegExp(`-${name}\\s+@\\{`, 'i').exec(command);
  if (start === null) return [];
  const pairs: [string, string][] = [];
  const rest = command.slice(start.index + start[0].length);
  const pair = new RegExp(`\\s*;?\\s*(${STRING}|[A-Za-z_][\\w-]*)\\s*=\\s*(${STRING}|[^;\\n}]+)`, 'y');
  for (let match = pair.exec(rest); match !== null && pairs.length < 300; match = pair.exec(rest)) {
    pairs.push([unquoted(match[1] as string), unquoted((match[2] as string).trim())]);
  }
  return pairs;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '', a: '', b: '', f: '\f', v: '\v' };

function unquoted(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (!text.startsWith('"')) return text;
  return text.slice(1, -1).replace(/`([\s\S])|""|\$\(\[char\](?:0x([0-9a-f]{1,6})|(\d{1,7}))\)/gi, (whole, escaped?: string, hex?: string, decimal?: string) => {
    if (escaped !== undefined) return escapes[escaped] ?? escaped;
    if (whole === '""') return '"';
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** `user:password` as curl and PowerShell put it into an Authorization header. */
export function basicHeader(credentials: string): string {
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`;
}
