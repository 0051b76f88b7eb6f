import type { ImportLine, ImportPreview } from '../contract/import.ts';
import type { Purpose } from '../contract/exchange.ts';
import { withoutMarkerCharacters } from '../contract/marker.ts';
import type { RunEvent } from '../contract/run.ts';
import type { ImportedExchange } from './imported.ts';
import type { Reading } from './reading.ts';
import { toRun } from './to-run.ts';

const LINES = 50;

/** Which exchanges belong to a grant, by the events they gave; and requests with a redirect or a form at a host of the provider. */
export function signInOf(exchanges: readonly ImportedExchange[], events: readonly RunEvent[]): ImportedExchange[] {
  const purposes = purposesOf(events);
  const told = new Set(events.flatMap((event) => (event.type === 'callback-received' || event.type === 'authorization-requested' ? [event.step] : [])));
  const asked = exchanges.filter(({ id }) => ['token', 'par'].includes(purposes.get(id) ?? ''));
  const hosts = new Set(asked.map(({ url }) => new URL(url).host));
  for (const event of events) if (event.type === 'authorization-requested') hosts.add(new URL(event.url).host);
  return exchanges.filter((exchange) => {
    if (purposes.get(exchange.id) !== 'other' || told.has(exchange.id)) return true;
    const redirects = exchange.response !== null && exchange.response.status >= 300 && exchange.response.status < 400;
    return hosts.has(new URL(exchange.url).host) && (redirects || exchange.method === 'POST');
  });
}

/** What the window shows of a reading before it is kept. */
export function previewOf({ kind, exchanges, remarks, secrets }: Reading, fileName = ''): ImportPreview {
  const events = toRun(exchanges, '');
  const purposes = purposesOf(events);
  const errors = errorsOf(events);
  const signIn = signInOf(exchanges, events);
  const tokens = exchanges.filter(({ id }) => purposes.get(id) === 'token');
  const times = exchanges.flatMap(({ started }) => (started === null ? [] : [started]));
  const last = exchanges.at(-1);
  const shown = signIn.length > 0 ? signIn : exchanges;
  return {
    kind, exchanges: exchanges.length, signIn: signIn.length, tokenRequests: tokens.length, refused: errors.size, secrets, remarks,
    title: (fileName === '' ? titleOf(tokens.at(-1) ?? exchanges.at(-1), errors) : withoutMarkerCharacters(fileName)).slice(0, 200),
    from: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    to: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    // Only the last request can be given an answer: what is pasted behind the text belongs to it.
    unanswered: kind !== 'har' && last?.response === null ? last.id : null,
    lines: shown.slice(-LINES).map((exchange) => lineOf(exchange, purposes.get(exchange.id) ?? 'other', errors.get(exchange.id) ?? null)),
  };
}

function lineOf({ id, method, url, response }: ImportedExchange, purpose: Purpose, error: string | null): ImportLine {
  const { origin, pathname } = new URL(url);
  return { place: id, method, url: withoutMarkerCharacters(`${origin}${pathname}`).slice(0, 300), purpose, status: response?.status ?? null, error: error === null ? null : withoutMarkerCharacters(error).slice(0, 200) };
}

function titleOf(exchange: ImportedExchange | undefined, errors: ReadonlyMap<string, string>): string {
  if (exchange === undefined) return 'Imported run';
  const error = errors.get(exchange.id);
  return withoutMarkerCharacters(`${new URL(exchange.url).hostname}${error === undefined ? '' : `: ${error}`}`);
}

function purposesOf(events: readonly RunEvent[]): Map<string, Purpose> {
  return new Map(events.flatMap((event) => (event.type === 'exchange-recorded' ? [[event.step, event.exchange.purpose] as const] : [])));
}

/** The error word of each refused exchange; its status where it has none. */
function errorsOf(events: readonly RunEvent[]): Map<string, string> {
  return new Map(events.flatMap((event) => {
    if (event.type === 'grant-refused') return [[event.step, event.error.error ?? `HTTP ${event.error.status}`] as const];
    return event.type === 'callback-received' && event.error ? [[event.step, event.error.error ?? 'refused'] as const] : [];
  }));
}
