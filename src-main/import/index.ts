/**
 * import/: what others recorded, as a Run.
 *
 * Takes the text of a HAR file, of curl or PowerShell commands, or of raw HTTP messages, and gives ordinary events, so that an imported Run is
 * shown and diagnosed like any other. Called by `ipc/` and `cli/`. Pure apart from random ids: no shell, no file is read, nothing is sent,
 * template text and variables stay literal. Refuses text with nothing readable in it and what is beyond the limits, naming the part and position.
 */
import type { Problem, Result } from '../contract/result.ts';
import { fail, ok } from '../contract/result.ts';
import type { RunEvent } from '../contract/run.ts';
import { secretKindOf } from '../contract/read/secret-names.ts';
import { readHar } from './har/read.ts';
import type { ImportedExchange } from './imported.ts';
import { bodyParameters } from './kind.ts';
import { limits } from './limits.ts';
import { readRaw } from './raw/read.ts';
import { toRun } from './to-run.ts';

export { limits as importLimits } from './limits.ts';

export interface Imported {
  format: 'har' | 'text';
  events: RunEvent[];
  exchanges: number;
  /** What could not be read, and where. */
  remarks: Problem[];
  /** Kinds of secrets that were found, each once: they may be somebody else's and still live. */
  secrets: string[];
}

/**
 * @param text the whole file or clipboard
 * @param title for the Run, e.g. the file's name
 */
export function importText(text: string, title = ''): Result<Imported> {
  if (text.length > limits.text) {
    return fail({ code: 'import-too-large', message: `The text has ${text.length} characters; at most ${limits.text} are read.`, next: 'Export fewer requests, for instance only those to the authorization server.' });
  }
  const bare = text.replace(/^\ufeff/, '');
  const har = /^\s*\{/.test(bare) && (/"(?:log|entries)"\s*:/.test(bare.slice(0, 200_000)));
  const read = har ? readHar(bare) : ok(readRaw(bare));
  if (!read.ok) return read;
  const { exchanges, remarks } = read.value;
  if (exchanges.length === 0) {
    const first = remarks[0];
    return fail({
      code: 'nothing-readable', message: 'There is no request in this text.', ...(first && { why: first.message, ...(first.field !== undefined && { field: first.field }) }),
      next: 'Paste a curl command, a raw HTTP request with its answer, or a HAR file.',
    });
  }
  return ok({ format: har ? 'har' : 'text', events: toRun(exchanges, title), exchanges: exchanges.length, remarks: remarks.slice(0, limits.problems), secrets: secretsIn(exchanges) });
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
