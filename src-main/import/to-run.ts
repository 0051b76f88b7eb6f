import { randomUUID } from 'node:crypto';
import type { NewRunEvent, RunEvent, TokenKind, TokenRecord } from '../contract/run.ts';
import { headerOf, utf8Of, valueOf } from '../contract/read/http.ts';
import { isObject, parseJson } from '../contract/read/json.ts';
import { readOAuthError } from '../contract/read/oauth-error.ts';
import { readTokenResponse } from '../contract/read/token-response.ts';
import { toExchange } from './exchange.ts';
import { frontChannelEvents, newFrontChannel } from './front-channel.ts';
import type { ImportedExchange } from './imported.ts';
import { bodyParameters, purposeOf } from './kind.ts';

/**
 * Makes a Run of what was imported: the same events a live flow records, with origin `imported` and no environment.
 * Each event's step is the id of the exchange it was read from.
 */
export function toRun(imported: readonly ImportedExchange[], title: string): RunEvent[] {
  const run = new ImportedRun(imported[0]?.started ?? null);
  run.add(imported[0]?.started ?? null, {
    type: 'run-started', runId: randomUUID(), origin: 'imported', environment: null, client: { id: '', authMethod: 'none' }, browser: 'print', versions: {}, hasSecret: false,
    ...(title !== '' && { title: title.slice(0, 200) }),
  });
  const seen = newFrontChannel();
  const tokens = new Map<string, { id: string; generation: number }>();
  imported.forEach((exchange, index) => {
    const purpose = purposeOf(exchange, imported.slice(Math.max(0, index - 1), index));
    const { started } = exchange;
    const ended = started === null ? null : started + exchange.duration;
    run.add(started, { type: 'step-started', step: exchange.id, kind: purpose === 'token' ? 'exchange' : purpose === 'revocation' ? 'revoke' : purpose === 'discovery' ? 'discover' : 'receive' });
    run.add(ended, { type: 'exchange-recorded', step: exchange.id, exchange: toExchange(exchange, purpose) });
    if (purpose === 'par') rememberPushed(exchange, seen.pushed);
    else if (purpose === 'other') for (const event of frontChannelEvents(exchange, seen)) run.add(event.type === 'callback-received' ? ended : started, event);
    else if (purpose === 'discovery') for (const event of metadata(exchange)) run.add(ended, event);
    else if (purpose === 'token') for (const event of tokenEvents(exchange, tokens)) run.add(ended, event);
  });
  return run.events;
}

class ImportedRun {
  readonly events: RunEvent[] = [];
  readonly #first: number;
  #last: number;

  constructor(first: number | null) {
    this.#first = first ?? 0;
    this.#last = this.#first;
  }

  /** Without a time of its own an event has that of the one before; 0 throughout where the source has none. */
  add(at: number | null, event: NewRunEvent): void {
    this.#last = at ?? this.#last;
    this.events.push({ seq: this.events.length, at: this.#last, mono: Math.max(0, this.#last - this.#first), boot: 'imported', ...event } as RunEvent);
  }
}

function rememberPushed(exchange: ImportedExchange, pushed: Map<string, { name: string; value: string }[]>): void {
  const answer = parseJson(utf8Of(exchange.response?.body ?? ''));
  const uri = isObject(answer) ? answer['request_uri'] : undefined;
  if (typeof uri === 'string') pushed.set(uri, bodyParameters(exchange).filter(({ name }) => name !== 'client_secret' && name !== 'client_assertion'));
}

function metadata(exchange: ImportedExchange): NewRunEvent[] {
  const document = parseJson(utf8Of(exchange.response?.body ?? ''));
  if (exchange.response === null || exchange.response.status !== 200 || !isObject(document)) return [];
  return [{
    type: 'metadata-read', step: exchange.id, metadata: document, findings: [],
    source: exchange.url.includes('oauth-authorization-server') ? 'oauth-authorization-server' : 'openid-configuration',
  }];
}

function tokenEvents(exchange: ImportedExchange, known: Map<string, { id: string; generation: number }>): NewRunEvent[] {
  const { response } = exchange;
  if (response === null) return [];
  const used = valueOf(bodyParameters(exchange), 'refresh_token');
  const parent = used === undefined ? undefined : known.get(used);
  const error = readOAuthError({ status: response.status, headers: response.headers, body: response.body });
  if (error) return [{ type: 'grant-refused', step: exchange.id, exchangeId: exchange.id, error, ...(parent && { tokenId: parent.id }) }];
  const read = readTokenResponse(response.body, headerOf(response.headers, 'content-type'));
  if (!read.ok) return [];
  const generation = parent ? parent.generation + 1 : 0;
  const records = (['access_token', 'refresh_token', 'id_token'] as const satisfies readonly TokenKind[]).flatMap((kind): TokenRecord[] => {
    const value = read.value.members[kind];
    if (typeof value !== 'string' || value === '') return [];
    const record: TokenRecord = { id: randomUUID(), kind, value };
    if (kind === 'access_token' && read.value.members['expires_in'] !== undefined) record.expiresIn = read.value.members['expires_in'];
    if (kind === 'refresh_token') known.set(value, { id: record.id, generation });
    return [record];
  });
  return records.length === 0 ? [] : [{ type: 'tokens-received', step: exchange.id, exchangeId: exchange.id, generation, tokens: records, ...(parent && { parentToken: parent.id }) }];
}
