/**
 * Failures that were reported in public, told again as the files a person would hand in. The answer and the cause are the report's;
 * hosts, codes and, where a report only tells what happened before, the earlier requests are put together from what it tells.
 */
import { Buffer } from 'node:buffer';
import type { Diagnosis } from '../../../../src-main/contract/diagnosis.ts';
import type { CauseId } from '../../../../src-main/diagnosis/cause-ids.ts';
import { diagnose } from '../../../../src-main/diagnosis/index.ts';
import { importText } from '../../../../src-main/import/index.ts';

type Pairs = Record<string, string>;

/** One request with its answer. */
export interface Call {
  method?: string;
  url: string;
  /** A form, or the body as it is. */
  form?: Pairs | string;
  json?: unknown;
  headers?: Pairs;
  /** `id:secret`, put into an Authorization header as it stands. */
  basic?: string;
  status?: number;
  /** Text, or something to be written as JSON. */
  answer?: unknown;
  answerHeaders?: Pairs;
  /** Seconds after the first request; without it there is no time. */
  at?: number;
  /** Milliseconds. */
  took?: number;
}

/** Source of the few cases that no report stands behind: shapes and languages that servers use. */
export const CONSTRUCTED = 'constructed';

export interface Report {
  server: string;
  /** Link to the report, or `CONSTRUCTED`. */
  source: string;
  as: 'http' | 'curl' | 'har';
  calls: Call[];
  /** What the thread settled on; null where nothing recorded can tell, so that nothing may be called likely. */
  cause: CauseId | null;
  /** May be likely too: the collective the text belongs to, or what the thread could not tell apart. */
  also?: CauseId[];
  /** Must be ruled out by what is recorded. */
  out?: CauseId[];
}

export const START = Date.parse('2026-04-02T09:00:00.000Z');
const FORM = 'application/x-www-form-urlencoded';
const encode = (pairs: Pairs): string => new URLSearchParams(pairs).toString();

interface Whole { method: string; url: string; headers: [string, string][]; body: string; status: number; answerHeaders: [string, string][]; answer: string; at: number | null; took: number }

function whole(call: Call): Whole {
  const body = call.json !== undefined ? JSON.stringify(call.json) : typeof call.form === 'string' ? call.form : call.form === undefined ? '' : encode(call.form);
  const set = call.headers ?? {};
  const has = (name: string): boolean => Object.keys(set).some((key) => key.toLowerCase() === name);
  const headers: [string, string][] = [
    ...(body !== '' && !has('content-type') ? [['Content-Type', call.json === undefined ? FORM : 'application/json'] as [string, string]] : []),
    ...(call.basic === undefined ? [] : [['Authorization', `Basic ${Buffer.from(call.basic).toString('base64')}`] as [string, string]]),
    ...Object.entries(set),
  ];
  const answer = call.answer === undefined ? '' : typeof call.answer === 'string' ? call.answer : JSON.stringify(call.answer);
  const answerHeaders: [string, string][] = [
    ...(typeof call.answer === 'object' ? [['Content-Type', 'application/json'] as [string, string]] : []),
    ...(call.at === undefined ? [] : [['Date', new Date(START + call.at * 1000 + (call.took ?? 150)).toUTCString()] as [string, string]]),
    ...Object.entries(call.answerHeaders ?? {}),
  ];
  return { method: call.method ?? (body === '' ? 'GET' : 'POST'), url: call.url, headers, body, status: call.status ?? 400, answerHeaders, answer, at: call.at ?? null, took: call.took ?? 150 };
}

const lines = (headers: [string, string][]): string => headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
const answerOf = (c: Whole): string => `HTTP/1.1 ${c.status} X\r\n${lines(c.answerHeaders)}\r\n${c.answer}`;

function raw(c: Whole): string {
  const { host, pathname, search } = new URL(c.url);
  return `${c.method} ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n${lines(c.headers)}${c.body === '' ? '' : `Content-Length: ${Buffer.byteLength(c.body)}\r\n`}\r\n${c.body}\n\n${answerOf(c)}\n\n`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function curl(c: Whole): string {
  const headers = c.headers.map(([name, value]) => ` \\\n  -H ${quoted(`${name}: ${value}`)}`).join('');
  return `curl -i -X ${c.method} ${quoted(c.url)}${headers}${c.body === '' ? '' : ` \\\n  --data-raw ${quoted(c.body)}`}\n\n${answerOf(c)}\n\n`;
}

function har(calls: Whole[]): string {
  const named = (headers: [string, string][]): object[] => headers.map(([name, value]) => ({ name, value }));
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: calls.map((c, index) => ({
    startedDateTime: new Date(START + (c.at ?? index) * 1000).toISOString(), time: c.took,
    request: { method: c.method, url: c.url, httpVersion: 'HTTP/1.1', headers: named(c.headers), queryString: [], cookies: [], headersSize: -1, bodySize: c.body.length, ...(c.body !== '' && { postData: { mimeType: c.headers.find(([name]) => /content-type/i.test(name))?.[1] ?? '', text: c.body } }) },
    response: { status: c.status, statusText: '', httpVersion: 'HTTP/1.1', headers: named(c.answerHeaders), cookies: [], content: { size: c.answer.length, mimeType: c.answerHeaders.find(([name]) => /content-type/i.test(name))?.[1] ?? '', text: c.answer }, redirectURL: c.answerHeaders.find(([name]) => /location/i.test(name))?.[1] ?? '', headersSize: -1, bodySize: -1 },
    cache: {}, timings: { send: 0, wait: c.took, receive: 0 },
  })) } });
}

/** The file as it would be given to `grantscope diagnose`. */
export function textOf({ as, calls }: Report): string {
  const all = calls.map(whole);
  return as === 'har' ? har(all) : all.map(as === 'curl' ? curl : raw).join('');
}

export function diagnosisOf(report: Report): Diagnosis | null {
  const imported = importText(textOf(report), 'report');
  if (!imported.ok) throw new Error(imported.problem.message);
  return diagnose(imported.value.events);
}

/** What is wrong with the answer, in one line; null where it is as the thread concluded. */
export function fault(report: Report): string | null {
  const diagnosis = diagnosisOf(report);
  if (diagnosis === null) return 'no refusal was found';
  const likely = diagnosis.causes.filter(({ verdict }) => verdict === 'likely').map(({ id }) => id);
  const order = diagnosis.causes.slice(0, 5).map(({ id, verdict, score }) => `${id} ${verdict} ${score}`).join(', ');
  const first = diagnosis.causes[0];
  if (report.cause === null && likely.some((id) => !(report.also ?? []).some((other) => other === id))) return `nothing can be known, yet: ${order}`;
  if (report.cause !== null && (first?.id !== report.cause || first.verdict !== 'likely')) return `expected ${report.cause}: ${order}`;
  const wrong = likely.filter((id) => id !== report.cause && !(report.also ?? []).some((other) => other === id));
  if (wrong.length > 0) return `also likely: ${wrong.join(', ')} (${order})`;
  const open = (report.out ?? []).filter((id) => diagnosis.causes.find((cause) => cause.id === id)?.verdict !== 'ruled-out');
  return open.length > 0 ? `not ruled out: ${open.join(', ')}` : null;
}

/** An authorization request answered with the redirect that holds the code. */
export function authorized(endpoint: string, parameters: Pairs, back: Pairs | string, at?: number): Call {
  const target = typeof back === 'string' ? back : `${parameters['redirect_uri'] ?? 'https://client.example/cb'}?${encode(back)}`;
  return { url: `${endpoint}?${encode({ response_type: 'code', ...parameters })}`, status: 302, answerHeaders: { Location: target }, ...(at !== undefined && { at, took: 400 }) };
}

export const redeem = (more: Pairs): Pairs => ({ grant_type: 'authorization_code', ...more });
export const refresh = (token: string, more: Pairs = {}): Pairs => ({ grant_type: 'refresh_token', refresh_token: token, ...more });
export const granted = (more: Record<string, unknown> = {}): { status: number; answer: unknown } => ({ status: 200, answer: { access_token: 'at-7fJ2kQ9xV1', token_type: 'Bearer', expires_in: 3600, ...more } });
