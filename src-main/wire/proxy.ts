/** Environment variables as curl reads them: lower case wins, and HTTP_PROXY in upper case is not read (a CGI script's client may set it). */
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy this machine's environment names for a URL. Never one for this machine itself.
 *
 * @returns an `http://` or `https://` URL; `null` for a direct connection
 * @see https://curl.se/docs/manual.html#environment-variables
 */
export function proxyFromEnvironment(url: string, variables: Variables): string | null {
  const { protocol, hostname, port } = new URL(url);
  if (isThisMachine(hostname)) return null;
  const read = (name: string): string | undefined => variables[name] ?? (name === 'http_proxy' ? undefined : variables[name.toUpperCase()]);
  const named = (protocol === 'https:' ? read('https_proxy') : read('http_proxy')) ?? read('all_proxy');
  if (named === undefined || named.trim() === '' || excluded(hostname, port, read('no_proxy') ?? '')) return null;
  const proxy = named.includes('://') ? named : `http://${named}`;
  return /^https?:\/\//i.test(proxy) && URL.canParse(proxy) ? proxy : null;
}

/** The first usable entry of a proxy list as browsers write it: `PROXY host:port; DIRECT`. */
export function proxyFromList(list: string): string | null {
  for (const entry of list.split(';')) {
    const [kind = '', address = ''] = entry.trim().split(/\s+/);
    if (/^DIRECT$/i.test(kind)) return null;
    const scheme = /^(PROXY|HTTP)$/i.test(kind) ? 'http' : /^HTTPS$/i.test(kind) ? 'https' : null;
    // SOCKS is not spoken here; the next entry may be.
    if (scheme !== null && URL.canParse(`${scheme}://${address}`)) return `${scheme}://${address}`;
  }
  return null;
}

export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function excluded(hostname: string, port: string, list: string): boolean {
  return list.split(/[\s,]+/).filter(Boolean).some((entry) => {
    if (entry === '*') return true;
    const [name = '', only] = entry.toLowerCase().split(/:(?=\d+$)/);
    const bare = name.replace(/^\*?\./, '');
    return (only === undefined || only === port) && (hostname === bare || hostname.endsWith(`.${bare}`));
  });
}
