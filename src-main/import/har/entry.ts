import { Buffer } from 'node:buffer';
import type { Bytes } from '../../contract/exchange.ts';
import type { Header } from '../../contract/read/http.ts';
import { bytesOf } from '../../contract/read/http.ts';
import type { ImportedExchange, Remark } from '../imported.ts';
import { note, remark } from '../imported.ts';
import { limits } from '../limits.ts';
import { inflated } from './inflate.ts';
import { member } from './read.ts';

/** One entry of log.entries; null where it is no http(s) request. */
export function readEntry(entry: unknown, place: string, remarks: Remark[]): ImportedExchange | null {
  const request = member(entry, 'request');
  const url = member(request, 'url');
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const method = member(request, 'method');
  const started = member(entry, 'startedDateTime');
  const time = typeof started === 'string' ? Date.parse(started) : Number.NaN;
  if (Number.isNaN(time) && started !== undefined) note(remarks, () => remark('bad-time', 'The start time is not readable.', `${place}.startedDateTime`));
  const duration = member(entry, 'time');
  const response = readResponse(member(entry, 'response'), `${place}.response`, remarks);
  const failure = member(member(entry, 'response'), '_error');
  return {
    id: place,
    method: typeof method === 'string' && /^[A-Za-z]{1,20}$/.test(method) ? method.toUpperCase() : 'GET',
    url, headers: readHeaders(member(request, 'headers')),
    body: readPostData(member(request, 'postData'), `${place}.request.postData`, remarks),
    response,
    started: Number.isNaN(time) ? null : time,
    duration: typeof duration === 'number' && duration >= 0 && Number.isFinite(duration) ? duration : 0,
    ...(response === null && { failure: typeof failure === 'string' ? failure : 'The file holds no answer for this request.' }),
  };
}

/** HTTP/2 pseudo headers stand in the request line already. */
function readHeaders(value: unknown): Header[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, limits.headers).flatMap((one): Header[] => {
    const [name, content] = [member(one, 'name'), member(one, 'value')];
    if (typeof name !== 'string' || name === '' || name.startsWith(':') || /[\r\n:\0]/.test(name)) return [];
    return [{ name, value: String(content ?? '').replace(/[\r\n\0]+/g, ' ') }];
  });
}

function readPostData(value: unknown, place: string, remarks: Remark[]): Bytes {
  if (value === undefined || value === null) return '';
  const text = member(value, 'text');
  const encoding = member(value, 'encoding') ?? member(value, '_encoding');
  if (typeof text === 'string' && text !== '') return limited(decoded(text, encoding), place, remarks);
  const params = member(value, 'params');
  if (!Array.isArray(params)) return '';
  const pairs = params.flatMap((param): string[] => {
    const [name, content] = [member(param, 'name'), member(param, 'value')];
    return typeof name === 'string' ? [`${encodedOnce(name)}=${encodedOnce(typeof content === 'string' ? content : '')}`] : [];
  });
  return limited(bytesOf(pairs.join('&')), place, remarks);
}

/** Tools write `params` decoded or as sent; what already holds percent sequences is left as it is. */
function encodedOnce(value: string): string {
  return /%[0-9a-f]{2}/i.test(value) ? value : new URLSearchParams([['', value]]).toString().slice(1);
}

function decoded(text: string, encoding: unknown): Bytes {
  return encoding === 'base64' ? Buffer.from(text, 'base64').toString('latin1') : bytesOf(text);
}

function limited(body: Bytes, place: string, remarks: Remark[]): Bytes {
  if (body.length <= limits.body) return body;
  note(remarks, () => remark('body-cut', `The body was cut after ${limits.body} of ${body.length} bytes.`, place));
  return body.slice(0, limits.body);
}

function readResponse(value: unknown, place: string, remarks: Remark[]): ImportedExchange['response'] {
  const status = member(value, 'status');
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 999) return null;
  const content = member(value, 'content');
  const text = member(content, 'text');
  const headers = readHeaders(member(value, 'headers'));
  const redirect = member(value, 'redirectURL');
  if (typeof redirect === 'string' && redirect !== '' && !headers.some(({ name }) => name.toLowerCase() === 'location')) headers.push({ name: 'Location', value: redirect.replace(/[\r\n\0]+/g, '') });
  const mime = member(content, 'mimeType');
  if (typeof mime === 'string' && mime !== '' && mime !== 'x-unknown' && !headers.some(({ name }) => name.toLowerCase() === 'content-type')) headers.push({ name: 'Content-Type', value: mime.replace(/[\r\n\0]+/g, '') });
  const reason = member(value, 'statusText');
  return {
    status, reason: typeof reason === 'string' ? reason.replace(/[\r\n\0]+/g, ' ') : '', headers,
    body: typeof text === 'string' ? limited(inflated(decoded(text, member(content, 'encoding'))), `${place}.content`, remarks) : '',
  };
}
