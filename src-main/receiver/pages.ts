import { createHash } from 'node:crypto';
import type { CallbackVerdict } from '../contract/index.ts';

const style = 'html{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:34rem;margin:18vh auto 0;padding:0 1.5rem}h1{font-size:1.35rem;margin:0 0 .5rem}p{margin:.4rem 0;opacity:.85}';

/** Constant pages only: nothing of a request is ever echoed. The style is allowed by its hash. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  Connection: 'close',
};

function page(title: string, ...lines: string[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style>`
    + `<h1>${title}</h1>${lines.map((line) => `<p>${line}</p>`).join('')}</html>`;
}

export const DONE_PATH = '/grantscope-done';
export const DENIED_PATH = '/grantscope-refused';

export const donePage = page('Grantscope has the answer', 'The authorization code arrived and its state was right.', 'You can close this tab and go back to Grantscope.');
export const deniedPage = page('The provider refused', 'It sent an error instead of an authorization code. Grantscope shows which one and what it means.', 'You can close this tab.');

const waiting = 'The sign-in that Grantscope is waiting for is still open; finish it in its own tab.';
const reasons: Readonly<Record<CallbackVerdict, string>> = {
  accepted: '', 'accepted-error': '',
  host: 'The request named another host than this listener.',
  method: 'The redirect has to arrive with GET.',
  'cross-origin': 'A script on a page sent this request; only a redirect of the browser counts.',
  path: 'This is not the redirect path of the running flow.',
  malformed: 'The request could not be read.',
  'duplicate-parameter': 'A parameter stands twice, so none of them can be trusted (RFC 6749 §3.1).',
  'no-parameters': 'The redirect carries no parameters.',
  'state-missing': 'The parameter <code>state</code> is missing.',
  'state-mismatch': 'The parameter <code>state</code> is not the one this flow sent: the answer belongs to another sign-in, or somebody else made it.',
  'iss-missing': 'The parameter <code>iss</code> is missing although the provider promises it (RFC 9207).',
  'iss-mismatch': 'The parameter <code>iss</code> names another issuer than the one that was asked (RFC 9207).',
  'code-missing': 'There is neither a code nor an error in the redirect.',
  second: 'This flow has its answer already.',
  late: 'The flow this belongs to has ended.',
};

/** The page for a request that was not taken; says which check failed and that the flow goes on. */
export function rejectedPage(verdict: CallbackVerdict): string {
  return page('Not taken', reasons[verdict], verdict === 'second' || verdict === 'late' ? 'You can close this tab.' : waiting);
}
