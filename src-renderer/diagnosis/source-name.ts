/** A source as it is cited: an RFC by number and section, a web address by host and last part, anything else as it is. */
export function sourceName(source: string): string {
  const rfc = /^https:\/\/(?:www\.rfc-editor\.org\/rfc|datatracker\.ietf\.org\/doc\/html)\/rfc(\d+)(?:\.html)?(?:#section-([\d.]+\d))?/.exec(source);
  if (rfc) return `RFC ${rfc[1]}${rfc[2] === undefined ? '' : ` §${rfc[2]}`}`;
  if (!URL.canParse(source)) return source;
  const { hostname, pathname } = new URL(source);
  const last = pathname.split('/').findLast((part) => part !== '');
  const host = hostname.replace(/^www\./, '');
  return last === undefined ? host : `${host} … ${last.length > 32 ? `${last.slice(0, 31)}…` : last}`;
}

/** Whether it can be opened in the browser. */
export const isLink = (source: string): boolean => /^https?:\/\//.test(source);
