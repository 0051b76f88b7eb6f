import { createHash } from 'node:crypto';

const style = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:10vh auto 2rem;padding:0 1.5rem;background:light-dark(#faf8fd,#17131f);color:light-dark(#241c33,#ece8f4)}
.mark{display:inline-block;padding:.15rem .6rem;border-radius:1rem;background:light-dark(#6a35b0,#c7a5ff);color:light-dark(#fff,#1d1230);font-size:.85rem;font-weight:600}
h1{font-size:1.4rem;margin:.8rem 0 .4rem}p{margin:.5rem 0}dl{margin:1rem 0;display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem}dt{opacity:.75}dd{margin:0;overflow-wrap:anywhere}
fieldset{border:1px solid light-dark(#cfc3e4,#4a3d66);border-radius:.6rem;margin:1rem 0;padding:.6rem 1rem}label{display:block;padding:.35rem 0}
button{font:inherit;padding:.5rem 1.2rem;border-radius:.5rem;border:1px solid light-dark(#6a35b0,#c7a5ff);background:transparent;color:inherit;cursor:pointer;margin-right:.6rem}
button.main{background:light-dark(#6a35b0,#c7a5ff);color:light-dark(#fff,#1d1230)}:focus-visible{outline:3px solid light-dark(#b98cf0,#7f4fd0);outline-offset:2px}code{overflow-wrap:anywhere}`;

/** The style is allowed by its hash. No form-action: a browser holds the redirect after a form against it too, and that one goes to any loopback port. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
};

/** Text made safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * A whole page, marked as the practice provider's.
 *
 * @param title plain text
 * @param body HTML; what is not constant in it has been through `escapeHtml`
 */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} – practice provider</title><style>${style}</style></head>`
    + `<body><main><span class="mark">Practice provider – not a real account</span><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

/** A page that says one thing. */
export function notePage(title: string, ...lines: string[]): string {
  return page(title, lines.map((line) => `<p>${escapeHtml(line)}</p>`).join(''));
}
