import type { Bytes, Exchange, Header, RunEvent } from '../contract/index.ts';
import { bytesOf, formParameters, headerOf, messageParts, queryParameters, utf8Of } from '../contract/index.ts';
import type { Pseudonyms } from './pseudonyms.ts';

export interface HarCreator { name: string; version: string }

/** A callback to the redirect URI, as far as it is written down. */
type Callback = Extract<RunEvent, { type: 'callback-received' }>;

/**
 * Writes a Run as HAR 1.2, one piece after another, so that a long Run never is one string: exchanges, hops of the browser and
 * requests to the redirect URI, in the order of recording.
 *
 * @param events masked (markers become pseudonyms), or raw where secrets were asked for
 * @param only write this exchange alone
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function* harOf(events: readonly RunEvent[], pseudonyms: Pseudonyms, creator: HarCreator, only?: string): Generator<string> {
  yield `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"pages":[],"entries":[`;
  let separator = '\n';
  let redirectUri = 'http://127.0.0.1/';
  for (const event of events) {
    if (event.type === 'listening') redirectUri = event.redirectUri;
    const entry = event.type === 'exchange-recorded' && (only === undefined || event.exchange.id === only) ? exchangeEntry(pseudonyms.exchange(event.exchange))
      : only !== undefined ? null
        : event.type === 'front-channel-hop' ? hopEntry(pseudonyms.deep(event))
          : event.type === 'callback-received' ? callbackEntry(pseudonyms.deep(event), pseudonyms.in(redirectUri)) : null;
    if (entry === null) continue;
    yield `${separator}${JSON.stringify(entry, null, only === undefined ? 0 : 2)}`;
    separator = ',\n';
  }
  yield '\n]}}\n';
}

/** The request of one exchange, for code generators. */
export const harRequestOf = (exchange: Exchange): HarRequest => requestOf(exchange.method, exchange.url, messageParts(exchange.request));

interface NameValue { name: string; value: string }
interface PostData { mimeType: string; params?: NameValue[]; text?: string; encoding?: 'base64'; comment?: string }

export interface HarRequest {
  method: string; url: string; httpVersion: string; cookies: NameValue[]; headers: NameValue[]; queryString: NameValue[];
  postData?: PostData; headersSize: number; bodySize: number;
}

interface HarEntry {
  startedDateTime: string; time: number;
  request: HarRequest;
  response: {
    status: number; statusText: string; httpVersion: string; cookies: NameValue[]; headers: NameValue[];
    content: { size: number; mimeType: string; text?: string; encoding?: 'base64'; compression?: number; comment?: string };
    redirectURL: string; headersSize: number; bodySize: number; _error?: string;
  };
  cache: Record<string, never>;
  timings: { blocked: number; dns: number; connect: number; ssl: number; send: number; wait: number; receive: number };
  serverIPAddress?: string; connection?: string; comment?: string;
}

function exchangeEntry(exchange: Exchange): HarEntry {
  const { times, connection, failure } = exchange;
  const after = (point: number | undefined, earlier: number): number => Math.max(0, (point ?? earlier) - earlier);
  const connected = times.connected ?? 0;
  const secured = times.secured ?? connected;
  const sent = times.sent ?? secured;
  const firstByte = times.firstByte ?? times.ended;
  return {
    startedDateTime: isoTime(times.started), time: Math.max(0, times.ended),
    request: harRequestOf(exchange), response: responseOf(exchange),
    cache: {},
    timings: {
      blocked: -1, dns: -1,
      // `connect` includes `ssl` (HAR 1.2, timings).
      connect: times.connected === undefined ? -1 : secured, ssl: times.secured === undefined ? -1 : after(times.secured, connected),
      send: after(times.sent, secured), wait: after(firstByte, sent), receive: after(times.ended, firstByte),
    },
    ...(connection && { serverIPAddress: connection.remoteAddress, connection: String(connection.localPort) }),
    comment: `${exchange.purpose}${failure ? `: ${failure.message}` : ''}`,
  };
}

function requestOf(method: string, url: string, { startLine, headers, head, body }: ReturnType<typeof messageParts>): HarRequest {
  return {
    method, url: withoutFragment(url), httpVersion: /HTTP\/\d(?:\.\d)?$/.exec(startLine)?.[0] ?? 'HTTP/1.1', cookies: cookiesOf(headerOf(headers, 'cookie')),
    headers: headers.map(decoded), queryString: queryParameters(url).map(({ name, value }) => ({ name, value })),
    ...(body !== '' && { postData: postDataOf(body, headerOf(headers, 'content-type') ?? '') }),
    headersSize: head.length, bodySize: body.length,
  };
}

function postDataOf(body: Bytes, mimeType: string): PostData {
  const text = textOf(body);
  if (text === null) return { mimeType, text: btoa(body), encoding: 'base64', comment: 'The body is no UTF-8 text and stands in base64.' };
  const form = /^application\/x-www-form-urlencoded/i.test(mimeType);
  return { mimeType, ...(form && { params: formParameters(text).map(({ name, value }) => ({ name, value })) }), text };
}

function responseOf({ response, failure }: Exchange): HarEntry['response'] {
  if (response === null) {
    return {
      status: 0, statusText: '', httpVersion: '', cookies: [], headers: [], content: { size: 0, mimeType: 'x-unknown' }, redirectURL: '', headersSize: -1, bodySize: -1,
      _error: failure?.message ?? 'no answer',
    };
  }
  const { startLine, headers } = messageParts(response.raw.slice(0, response.headLength));
  const sent = response.raw.length - response.headLength;
  const text = textOf(response.body);
  return {
    status: response.status, statusText: response.reason, httpVersion: startLine.split(' ')[0] ?? '', cookies: [], headers: headers.map(decoded),
    content: {
      size: response.body.length, mimeType: headerOf(headers, 'content-type') ?? 'x-unknown',
      ...(text === null ? { text: btoa(response.body), encoding: 'base64' as const } : { text }),
      ...(sent < response.body.length && { compression: response.body.length - sent }),
      ...(response.cut && { comment: `Cut after ${response.cut.kept} bytes.` }),
    },
    redirectURL: headerOf(headers, 'location') ?? '', headersSize: response.headLength, bodySize: sent,
  };
}

function hopEntry(hop: Extract<RunEvent, { type: 'front-channel-hop' }>): HarEntry {
  const headers = hop.responseHeaders ?? [];
  return {
    ...around(hop.at),
    request: { ...plainRequest(hop.method, hop.url), headers: hop.requestHeaders ?? [] },
    response: {
      ...plainResponse(hop.status ?? 0), headers: [...headers, ...(hop.location === undefined ? [] : [{ name: 'Location', value: hop.location }])],
      redirectURL: hop.location ?? '',
    },
    comment: 'A page of the browser; bodies and cookies were not recorded.',
  };
}

function callbackEntry(event: Callback, redirectUri: string): HarEntry {
  const parts = messageParts(event.request);
  const [method = 'GET', target = '/'] = parts.startLine.split(' ');
  const url = URL.canParse(redirectUri) ? `${new URL(redirectUri).origin}${target}` : target;
  return { ...around(event.at), request: requestOf(method, url, parts), response: plainResponse(event.answered), comment: `A request to the redirect URI: ${event.verdict}` };
}

const isoTime = (at: number): string => new Date(at).toISOString();
const around = (at: number): Pick<HarEntry, 'startedDateTime' | 'time' | 'cache' | 'timings'> => ({
  startedDateTime: isoTime(at), time: 0, cache: {}, timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0 },
});
const plainRequest = (method: string, url: string): HarRequest => ({
  method, url: withoutFragment(url), httpVersion: 'HTTP/1.1', cookies: [], headers: [], queryString: queryParameters(url).map(({ name, value }) => ({ name, value })), headersSize: -1, bodySize: -1,
});
const plainResponse = (status: number): HarEntry['response'] => ({
  status, statusText: '', httpVersion: 'HTTP/1.1', cookies: [], headers: [], content: { size: 0, mimeType: 'x-unknown' }, redirectURL: '', headersSize: -1, bodySize: -1,
});
const withoutFragment = (url: string): string => url.replace(/#[\s\S]*$/, '');
const decoded = ({ name, value }: Header): NameValue => ({ name, value: utf8Of(value) });

function cookiesOf(header: string | undefined): NameValue[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const [name = '', ...rest] = pair.trim().split('=');
    return name === '' ? [] : [{ name, value: rest.join('=') }];
  });
}

/** Bytes as text where they are UTF-8 throughout; null otherwise. */
export function textOf(bytes: Bytes): string | null {
  if (/^[\u0000-\u007f]*$/.test(bytes)) return bytes;
  const text = utf8Of(bytes);
  return !text.includes('\ufffd') || bytesOf(text) === bytes ? text : null;
}
