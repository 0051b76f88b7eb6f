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
  if (named === undefined || named.trim() === '' || excluded(hostname, port, protocol === 'https:', read('no_proxy') ?? '')) return null;
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

/**
 * The proxy of a list that the system names. Such a list holds no user name and password; where the variables name the same proxy, they do.
 *
 * @param list as `Session.resolveProxy` of Electron gives it
 */
export function systemProxyOf(list: string, url: string, variables: Variables): string | null {
  const [listed, named] = [proxyFromList(list), proxyFromEnvironment(url, variables)];
  return listed === null || (named !== null && new URL(named).host === new URL(listed).host) ? named : listed;
}

/** @param hostname as {@link URL} writes it: lower case, IPv6 in brackets */
export function isThisMachine(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name) || /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(name);
}

function excluded(hostname: string, port: string, secure: boolean, list: string): boolean {
  const usedPort = port === '' ? (secure ? '443' : '80') : port;
  return list.split(/[\s,]+/).filter(Boolean).some((entry) => {
    if (entry === '*') return true;
    // An IPv6 address has colons of its own; with a port it stands in brackets.
    const [name = '', only] = /^[^[]*:.*:/.test(entry) ? [entry.toLowerCase()] : entry.toLowerCase().split(/:(?=\d+$)/);
    const bare = name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
    const asked = hostname.replace(/^\[|\]$/g, '');
    return bare !== '' && (only === undefined || only === usedPort) && (asked === bare || asked.endsWith(`.${bare}`));
  });
}
