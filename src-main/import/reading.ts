import type { Bytes } from '../contract/exchange.ts';
import type { ImportPreview } from '../contract/import.ts';
import { bytesOf } from '../contract/read/http.ts';
import { secretKindOf } from '../contract/read/secret-names.ts';
import type { Problem, Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import { POWERSHELL } from './curl/powershell.ts';
import { readHar } from './har/read.ts';
import type { ImportedExchange } from './imported.ts';
import { remark } from './imported.ts';
import { bodyParameters } from './kind.ts';
import { limits } from './limits.ts';
import { readRaw } from './raw/read.ts';

/** What a text holds, before it is made a Run. */
export interface Reading { kind: ImportPreview['kind']; exchanges: ImportedExchange[]; remarks: Problem[]; secrets: string[] }

/**
 * Reads a text as HAR, or as any mixture of curl, PowerShell and raw HTTP.
 *
 * @param answer what came back for the last request, where the text itself does not hold it
 */
export function readText(text: string, answer = ''): Result<Reading> {
  const length = text.length + answer.length;
  if (length > limits.text) {
    return fail({ code: 'import-too-large', message: `The text has ${length} characters; at most ${limits.text} are read.`, next: 'Export fewer requests, for instance only those to the authorization server.' });
  }
  const bare = text.replace(/^\ufeff/, '');
  const har = /^\s*\{/.test(bare) && (/"(?:log|entries)"\s*:/.test(bare.slice(0, 200_000)));
  // Some tools hand over the entries alone.
  const entries = !har && /^\s*\[\s*\{/.test(bare) && /"request"\s*:\s*\{/.test(bare.slice(0, 200_000));
  const read = har ? readHar(bare) : entries ? readHar(`{"log":{"entries":${bare}}}`) : ok(withAnswer(bare, answer.trim()));
  if (!read.ok) return read;
  const { exchanges, remarks } = read.value;
  if (exchanges.length === 0) {
    const first = remarks[0];
    return fail({
      code: 'nothing-readable', message: 'There is no request in this text.', ...(first && { why: first.message, ...(first.field !== undefined && { field: first.field }) }),
      next: 'Paste a curl command, a raw HTTP request with its answer, or a HAR file.',
    });
  }
  return ok({ kind: har || entries ? 'har' : kindOf(bare), exchanges, remarks: remarks.slice(0, limits.problems), secrets: secretsIn(exchanges) });
}

function kindOf(text: string): Reading['kind'] {
  if (/^\s*(?:[$#>%]\s+|PS [^>\n]*>\s*)?(?:sudo\s+|time\s+)?(?:\S*[\\/])?curl(?:\.exe)?\s/im.test(text)) return 'curl';
  return text.slice(0, 10_000).split('\n').some((line) => POWERSHELL.test(line)) ? 'powershell' : 'http';
}

/** Text and answer as one; an answer of no known form is the body of an answer whose status nobody told. */
function withAnswer(text: string, answer: string): ReturnType<typeof readRaw> {
  if (answer === '') return readRaw(text);
  const before = readRaw(text);
  if (before.exchanges.at(-1)?.response !== null) return before;
  const after = readRaw(`${text}\n\n${answer}`);
  if (after.exchanges.length === before.exchanges.length && after.exchanges.at(-1)?.response) return after;
  const last = before.exchanges.at(-1) as ImportedExchange;
  last.response = { status: 400, reason: '', headers: [], body: bytesOf(answer).slice(0, limits.body) as Bytes };
  before.remarks.push(remark('status-assumed', 'The answer has no status line; 400 was assumed.', `${last.id}, answer`, 'Put the status before it, for instance “HTTP/1.1 401 Unauthorized”.'));
  return before;
}

function secretsIn(exchanges: readonly ImportedExchange[]): string[] {
  const kinds = new Set<string>();
  for (const exchange of exchanges) {
    for (const { name } of exchange.headers) if (/^(?:authorization|cookie|proxy-authorization)$/i.test(name)) kinds.add(name.toLowerCase());
    for (const { name, value } of bodyParameters(exchange)) {
      const kind = value === '' ? undefined : secretKindOf(name);
      if (kind !== undefined) kinds.add(kind);
    }
    for (const match of (exchange.response?.body ?? '').slice(0, 20_000).matchAll(/"(access_token|refresh_token|id_token)"\s*:\s*"/g)) kinds.add(match[1] as string);
  }
  return [...kinds].sort();
}
