import { randomUUID } from 'node:crypto';
import type { Purpose } from '../contract/exchange.ts';
import { unreachable } from '../contract/outcome.ts';
import type { NewRunEvent, RunEvent, StepKind, StepOutcome, TokenKind, TokenRecord } from '../contract/run.ts';
import { headerOf, utf8Of, valueOf } from '../contract/read/http.ts';
import { isObject, parseJson } from '../contract/read/json.ts';
import { readOAuthError } from '../contract/read/oauth-error.ts';
import { readTokenResponse } from '../contract/read/token-response.ts';
import { toExchange } from './exchange.ts';
import { frontChannelEvents, newFrontChannel } from './front-channel.ts';
import type { ImportedExchange } from './imported.ts';
import { asksAuthorization, bodyParameters, purposeOf } from './kind.ts';

/**
 * Makes a Run of what was imported: the same events a live flow records, with origin `imported` and no environment.
 * Each event's step is the id of the exchange it was read from.
 *
 * @param importedAt now, milliseconds since 1970
 */
export function toRun(imported: readonly ImportedExchange[], title: string, importedAt?: number): RunEvent[] {
  const run = new ImportedRun(imported[0]?.started ?? null);
  run.add(imported[0]?.started ?? null, {
    type: 'run-started', runId: randomUUID(), origin: 'imported', environment: null, client: { id: '', authMethod: 'none' }, browser: 'print', versions: {}, hasSecret: false,
    ...(title !== '' && { title: title.slice(0, 200) }), ...(importedAt !== undefined && { importedAt }),
  });
  const seen = newFrontChannel();
  const tokens = new Map<string, { id: string; generation: number }>();
  let last: StepOutcome = 'ok';
  imported.forEach((exchange, index) => {
    const purpose = purposeOf(exchange, imported.slice(Math.max(0, index - 1), index));
    const { started } = exchange;
    const ended = started === null ? null : started + exchange.duration;
    run.add(started, { type: 'step-started', step: exchange.id, kind: stepKindOf(exchange, purpose) });
    run.add(ended, { type: 'exchange-recorded', step: exchange.id, exchange: toExchange(exchange, purpose) });
    const told = purpose === 'other' ? frontChannelEvents(exchange, seen) : purpose === 'discovery' ? metadata(exchange) : purpose === 'token' ? tokenEvents(exchange, tokens) : [];
    if (purpose === 'par') rememberPushed(exchange, seen.pushed);
    for (const event of told) run.add(purpose === 'other' && event.type !== 'callback-received' ? started : ended, event);
    const outcome = outcomeOf(exchange, told);
    if (purpose === 'token' || told.some(({ type }) => type === 'callback-received')) last = outcome;
    run.add(ended, { type: 'step-ended', step: exchange.id, outcome });
  });
  run.add(null, { type: 'flow-ended', outcome: last });
  return run.events;
}

function stepKindOf(exchange: ImportedExchange, purpose: Purpose): StepKind {
  switch (purpose) {
    case 'token': return valueOf(bodyParameters(exchange), 'grant_type') === 'refresh_token' ? 'refresh' : 'exchange';
    case 'par': return 'par';
    case 'discovery': case 'jwks': return 'discover';
    case 'userinfo': return 'userinfo';
    case 'introspection': return 'introspect';
    case 'revocation': return 'revoke';
    case 'device': return 'device';
    case 'end-session': return 'logout';
    case 'resource': case 'other': return asksAuthorization(exchange.url) ? 'authorize' : 'receive';
    default: return unreachable(purpose);
  }
}

function outcomeOf({ response }: ImportedExchange, told: readonly NewRunEvent[]): StepOutcome {
  if (told.some((event) => event.type === 'grant-refused' || (event.type === 'callback-received' && event.error !== undefined))) return 'refused';
  return response === null || response.status >= 400 ? 'failed' : 'ok';
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
