import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { page, pageHeaders } from './pages.ts';

/** Names of the hidden fields. Nothing an authorization server sends has them. */
export const HANDOFF_FIELD = 'grantscope_handoff';
export const FRAGMENT_FIELD = 'grantscope_fragment';

/** Pages that are out at once; the oldest one's value is forgotten for a new one. */
const KEPT = 16;

// The address is cleaned before anything else happens, so that neither the history nor a reload holds the answer.
const script = "const f=document.forms[0],h=location.hash.slice(1);history.replaceState(null,'',location.pathname);"
  + `f.elements.${FRAGMENT_FIELD}.value=h;f.submit();`;

/**
 * The one-time values of the pages that hand a fragment over. A fragment never reaches a server, so a page on the redirect path reads it
 * and posts it to the same path; the value proves that the post comes from a page this listener sent and nobody has used yet.
 *
 * @see https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html#ResponseModes
 */
export class Handoffs {
  #open: string[] = [];

  /** A new page with its own value. Nothing of the request is in it. */
  page(): string {
    const token = randomBytes(24).toString('base64url');
    this.#open = [...this.#open, token].slice(-KEPT);
    return page('Handing the answer to Grantscope', [
      'The provider put its answer behind the # of the address. It is being handed to Grantscope on this machine.',
      '<noscript>Scripts are switched off, so this page cannot read it. Allow them for this address, or choose another response mode.</noscript>',
    ], `<form method="post" hidden><input type="hidden" name="${HANDOFF_FIELD}" value="${token}"><input type="hidden" name="${FRAGMENT_FIELD}"></form><script>${script}</script>`);
  }

  /** Whether the value is one that is out; it is spent by asking. */
  spend(token: string): boolean {
    const given = Buffer.from(token);
    const found = this.#open.findIndex((open) => open.length === token.length && given.length === open.length && timingSafeEqual(Buffer.from(open), given));
    if (found === -1) return false;
    this.#open.splice(found, 1);
    return true;
  }
}

/**
 * Headers of that page alone: its own script by its hash, and a form to its own origin. `same-origin` in place of `no-referrer`, because a browser
 * would send `Origin: null` with the post; a fragment is never part of a referrer.
 */
export const handoffHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders,
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy': (pageHeaders['Content-Security-Policy'] ?? '').replace("form-action 'none'",
    `form-action 'self'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`),
};
