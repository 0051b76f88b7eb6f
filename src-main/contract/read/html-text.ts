const SKIPPED = new Set(['script', 'style', 'template', 'svg', 'noscript']);
const BLOCKS = /^(?:p|div|h[1-6]|li|ul|ol|tr|td|th|table|title|body|br|hr|section|pre|dt|dd|form|header|footer|main|article)$/;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', mdash: '—', ndash: '–', hellip: '…', rsquo: '’', lsquo: '‘', ldquo: '“', rdquo: '”', copy: '©' };

export interface PageText { title: string; text: string }

/** Whether a body is a page (or XML) rather than data. */
export function looksLikeHtml(text: string): boolean {
  return /^\s{0,200}<(?:!doctype|!--|\?xml|[a-z])/i.test(text);
}

/**
 * What a page says, as plain text: one pass from left to right, markup, scripts and styles left out, entities read once.
 * The result is text and is shown as text; nothing in it is meant to be markup again.
 *
 * @param limit characters of the page that are read
 */
export function textOfHtml(page: string, limit = 200_000): PageText {
  const html = page.slice(0, limit);
  let [title, text, at] = ['', '', 0];
  while (at < html.length) {
    const open = html.indexOf('<', at);
    text += html.slice(at, open === -1 ? html.length : open);
    if (open === -1) break;
    const tag = tagAt(html, open);
    if (tag === null) {
      text += '<';
      at = open + 1;
      continue;
    }
    at = tag.end;
    if (!tag.closing && (SKIPPED.has(tag.name) || tag.name === 'title')) {
      const close = closingOf(html, tag.name, at);
      if (tag.name === 'title' && title === '') title = html.slice(at, close);
      at = close;
    }
    if (BLOCKS.test(tag.name)) text += '\n';
  }
  return { title: tidy(title), text: tidy(text) };
}

interface Tag { name: string; closing: boolean; end: number }

function tagAt(html: string, open: number): Tag | null {
  if (html.startsWith('<!--', open)) return { name: '!--', closing: false, end: after(html, '-->', open + 4) };
  const match = /<(\/?)([a-z][a-z0-9:-]{0,60}|[!?])/iy;
  match.lastIndex = open;
  const found = match.exec(html);
  if (!found) return null;
  return { name: (found[2] as string).toLowerCase(), closing: found[1] === '/', end: endOfTag(html, match.lastIndex) };
}

/** The place after the `>` of a tag; one inside a quoted attribute value ends nothing. */
function endOfTag(html: string, start: number): number {
  let quote = '';
  for (let at = start; at < html.length; at += 1) {
    const character = html[at] as string;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if ((character === '"' || character === "'") && html[at - 1] === '=') quote = character;
    else if (character === '>') return at + 1;
  }
  return html.length;
}

function closingOf(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}`, 'ig');
  closing.lastIndex = from;
  return closing.exec(html)?.index ?? html.length;
}

function after(html: string, end: string, from: number): number {
  const at = html.indexOf(end, from);
  return at === -1 ? html.length : at + end.length;
}

function tidy(text: string): string {
  return decodeEntities(text).split('\n').map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim()).filter((line) => line !== '').join('\n');
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] as string) : whole;
    const point = decimal === undefined ? parseInt(hex as string, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
