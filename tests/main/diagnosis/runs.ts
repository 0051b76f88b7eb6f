/** Runs for tests of the diagnosis, put together like an import: short to write, and the same events as anywhere else. */
import type { CauseFinding, Diagnosis } from '../../../src-main/contract/diagnosis.ts';
import type { RunEvent } from '../../../src-main/contract/run.ts';
import { bytesOf } from '../../../src-main/contract/read/http.ts';
import type { DiagnoseOptions } from '../../../src-main/diagnosis/index.ts';
import { diagnose } from '../../../src-main/diagnosis/index.ts';
import type { ImportedExchange } from '../../../src-main/import/imported.ts';
import { toRun } from '../../../src-main/import/to-run.ts';

export const START = Date.parse('2026-03-01T10:00:00.000Z');
export const AS = 'https://as.unknown.test';
export const REDIRECT = 'https://app.test/callback';
/** RFC 7636 appendix B. */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
export const CODE = 'SplxlOBeZQQYbYS6WxSbIA-9vR2cQ';

type Parameters = Record<string, string | undefined>;
const encoded = (parameters: Parameters): string => new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined)).toString();
const json = { name: 'Content-Type', value: 'application/json' };

export interface Answer { status?: number; body?: unknown; headers?: Record<string, string>; date?: number | null }

export interface TokenOptions extends Answer {
  /** Seconds after START. */
  at?: number;
  /** Milliseconds. */
  took?: number;
  url?: string;
  method?: string;
  parameters?: Parameters;
  /** Sent as it is, instead of the parameters as a form. */
  raw?: string;
  requestHeaders?: Record<string, string>;
  /** `id:secret` for Basic; null for none. */
  basic?: string | null;
}

let number = 0;
const list = (headers: Record<string, string> | undefined): { name: string; value: string }[] => Object.entries(headers ?? {}).map(([name, value]) => ({ name, value }));

function response({ status = 400, body = { error: 'invalid_grant' }, headers, date }: Answer, at: number): ImportedExchange['response'] {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const dated = date === null ? [] : [{ name: 'Date', value: new Date(date ?? at).toUTCString() }];
  return { status, reason: '', headers: [...(typeof body === 'string' ? [] : [json]), ...dated, ...list(headers)], body: bytesOf(text) };
}

/** The authorization request and, in its answer, the redirect with the code. */
export function authorize(options: { at?: number; url?: string; parameters?: Parameters; code?: string | null; state?: string; iss?: string; redirect?: string; seconds?: number } = {}): ImportedExchange[] {
  const at = START + (options.at ?? 0) * 1000;
  const state = options.state ?? 'state-1';
  const parameters = { response_type: 'code', client_id: 'client-a', redirect_uri: REDIRECT, scope: 'openid profile', state, code_challenge: CHALLENGE, code_challenge_method: 'S256', ...options.parameters };
  const back = `${options.redirect ?? REDIRECT}?${encoded({ code: options.code === null ? undefined : options.code ?? CODE, state, iss: options.iss })}`;
  const seconds = options.seconds ?? 3;
  number += 1;
  return [{
    id: `entry-${number}`, method: 'GET', url: `${options.url ?? `${AS}/authorize`}?${encoded(parameters)}`, headers: [], body: '', started: at, duration: seconds * 1000,
    response: { status: 302, reason: 'Found', headers: [{ name: 'Date', value: new Date(at + seconds * 1000).toUTCString() }, ...(options.code === null ? [] : [{ name: 'Location', value: back }])], body: '' },
  }];
}

/** A token request; refused with a bare invalid_grant unless told otherwise. */
export function token(options: TokenOptions = {}): ImportedExchange[] {
  const at = START + (options.at ?? 4) * 1000;
  const parameters: Parameters = options.parameters ?? redeem();
  const basic = options.basic === undefined ? 'client-a:s3cr3t-value' : options.basic;
  number += 1;
  return [{
    id: `entry-${number}`, method: options.method ?? 'POST', url: options.url ?? `${AS}/token`, started: at, duration: options.took ?? 120,
    headers: [
      ...(options.requestHeaders && 'Content-Type' in options.requestHeaders ? [] : [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }]),
      ...(basic === null ? [] : [{ name: 'Authorization', value: `Basic ${Buffer.from(basic).toString('base64')}` }]),
      ...list(options.requestHeaders).filter(({ value }) => value !== ''),
    ],
    body: bytesOf(options.raw ?? encoded(parameters)), response: options.status === 0 ? null : response(options, at),
  }];
}

export const redeem = (changed: Parameters = {}): Parameters => ({ grant_type: 'authorization_code', code: CODE, redirect_uri: REDIRECT, code_verifier: VERIFIER, ...changed });
export const refresh = (value: string, changed: Parameters = {}): Parameters => ({ grant_type: 'refresh_token', refresh_token: value, ...changed });
export const tokens = (refreshToken?: string, more: Record<string, unknown> = {}): Answer => ({ status: 200, body: { access_token: `at-${refreshToken ?? 'none'}-${'x1Y2'.repeat(5)}`, token_type: 'Bearer', ...(refreshToken !== undefined && { refresh_token: refreshToken }), ...more } });

/** Any other request. */
export function other(method: string, url: string, options: TokenOptions = {}): ImportedExchange[] {
  return token({ status: 200, body: {}, basic: null, ...options, method, url });
}

export const run = (...parts: ImportedExchange[][]): RunEvent[] => toRun(parts.flat(), 'test');

export function diagnosed(events: readonly RunEvent[], options: DiagnoseOptions = {}): Diagnosis {
  const diagnosis = diagnose(events, options);
  if (diagnosis === null) throw new Error('nothing was refused');
  return diagnosis;
}

export const finding = (diagnosis: Diagnosis, id: string): CauseFinding => {
  const found = diagnosis.causes.find((cause) => cause.id === id);
  if (!found) throw new Error(`no finding for ${id}`);
  return found;
};

export const order = (diagnosis: Diagnosis): string => diagnosis.causes.slice(0, 6).map(({ id, verdict, score }) => `${id} ${verdict} ${score}`).join(', ');
