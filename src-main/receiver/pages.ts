import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { CallbackVerdict } from '../contract/index.ts';

const style = ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:16vh auto 0;padding:0 1.5rem;background:light-dark(#f8f9fb,#14171c);color:light-dark(#1c232d,#e6eaf0)}'
  + 'main{background:light-dark(#fff,#1d222a);border:1px solid light-dark(#d8dee8,#333b47);border-radius:.75rem;padding:1.5rem 1.75rem}h1{font-size:1.3rem;margin:0 0 .6rem}p{margin:.4rem 0}';

/** Headers of every answer. The style is allowed by its hash, and the empty icon; nothing else may load, frame or submit. No CORS header, ever. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  Connection: 'close',
};

// The empty icon keeps the browser from asking for /favicon.ico, which would be one more stranger in the record.
export function page(title: string, lines: readonly string[], more = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${title}</title><style>${style}</style></head>`
    + `<body><main><h1>${title}</h1>${lines.map((line) => `<p>${line}</p>`).join('')}</main>${more}</body></html>`;
}

/** Where the browser is sent once the answer is taken: an address without the code. */
export const TAKEN_PATHS = { accepted: '/grantscope-done', 'accepted-error': '/grantscope-refused' } as const;

const endPages = {
  accepted: page('Grantscope has the answer', ['The authorization code has arrived. What comes of it is shown in Grantscope.', 'You can close this tab.']),
  'accepted-error': page('The provider refused', ['It sent an error instead of an authorization code. Grantscope shows which one.', 'You can close this tab.']),
};

export function endPage(taken: 'accepted' | 'accepted-error'): string {
  return endPages[taken];
}

const reasons: Readonly<Record<Exclude<CallbackVerdict, 'accepted' | 'accepted-error' | 'handoff'>, string>> = {
  host: 'The request was made to another host name than the redirect URI has.',
  method: 'The redirect has to arrive with GET (or with POST, where form_post was asked for).',
  'cross-origin': 'A page made this request by itself; only a redirect of the whole tab counts.',
  path: 'This is not the redirect path of the sign-in that is going on.',
  malformed: 'The request could not be read.',
  'duplicate-parameter': 'A parameter stands there twice, so neither value can be trusted (RFC 6749 §3.1).',
  'no-parameters': 'The redirect brought none of the parameters of an answer.',
  'state-missing': 'The parameter state is missing.',
  'state-mismatch': 'The parameter state is not the one that was sent: this answer belongs to another sign-in, or somebody made it up.',
  'iss-missing': 'The parameter iss is missing, although the provider promises it (RFC 9207).',
  'iss-mismatch': 'The parameter iss names another issuer than the one that was asked (RFC 9207).',
  'code-missing': 'There is neither a code nor an error in the redirect.',
  second: 'This sign-in has had its answer already.',
  late: 'The sign-in this belongs to is over.',
};

/**
 * The page for a request that was not taken: which check failed, and whether the flow goes on. Nothing of the request is in it.
 *
 * @param pending the right answer has not come yet
 */
export function rejectedPage(verdict: CallbackVerdict, pending: boolean): string {
  if (verdict === 'accepted' || verdict === 'accepted-error' || verdict === 'handoff') throw new TypeError('An accepted answer has no refusal page');
  return page('Not taken', [reasons[verdict], pending ? 'Grantscope is still waiting for the right answer. If you are signing in, finish it in its own tab.' : 'You can close this tab.']);
}

/** The HTTP status a request with this verdict is answered with. */
export function statusOf(verdict: CallbackVerdict): number {
  switch (verdict) {
    case 'accepted':
    case 'accepted-error': return 303;
    case 'handoff': return 200;
    case 'host': return 421;
    case 'method': return 405;
    case 'path': return 404;
    case 'second':
    case 'late': return 410;
    default: return 400;
  }
}

/** A whole answer as bytes, for a connection that never brought a request Node could read. */
export function rawAnswer(status: number, html: string): string {
  const headers = Object.entries({ ...pageHeaders, 'Content-Length': String(Buffer.byteLength(html)) }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${headers}\r\n${html}`;
}
