/** What becomes of an option of curl. Options that read or write files, or choose where bytes go, are left out with a remark. */
export type OptionKind = 'method' | 'header' | 'data' | 'raw' | 'json' | 'urlencode' | 'get' | 'user' | 'url' | 'form' | 'cookie' | 'agent' | 'referer' | 'head' | 'bearer' | 'query'
  | 'flag' | 'value' | 'file' | 'route';

const long: Readonly<Record<string, OptionKind>> = {
  request: 'method', header: 'header', data: 'data', 'data-ascii': 'data', 'data-binary': 'data', 'data-raw': 'raw', 'data-urlencode': 'urlencode', json: 'json',
  get: 'get', user: 'user', url: 'url', form: 'form', 'form-string': 'form', cookie: 'cookie', 'user-agent': 'agent', referer: 'referer', head: 'head',
  'oauth2-bearer': 'bearer', 'url-query': 'query',
  output: 'file', 'output-dir': 'file', config: 'file', 'upload-file': 'file', 'cookie-jar': 'file', 'dump-header': 'file', trace: 'file', 'trace-ascii': 'file', stderr: 'file',
  'netrc-file': 'file', cert: 'file', key: 'file', cacert: 'file', capath: 'file', 'proxy-cert': 'file', 'proxy-key': 'file', 'proxy-cacert': 'file', hsts: 'file', 'alt-svc': 'file', 'etag-save': 'file', 'etag-compare': 'file', crlfile: 'file', libcurl: 'file', 'write-out': 'value',
  proxy: 'route', preproxy: 'route', 'unix-socket': 'route', 'abstract-unix-socket': 'route', resolve: 'route', 'connect-to': 'route', interface: 'route', 'doh-url': 'route', 'dns-servers': 'route', socks4: 'route', socks4a: 'route', socks5: 'route', 'socks5-hostname': 'route', 'proxy-user': 'route', 'local-port': 'route',
  'max-time': 'value', 'connect-timeout': 'value', retry: 'value', 'retry-delay': 'value', 'retry-max-time': 'value', 'max-redirs': 'value', 'limit-rate': 'value', range: 'value', 'request-target': 'value',
  ciphers: 'value', 'tls-max': 'value', 'tls13-ciphers': 'value', curves: 'value', 'speed-limit': 'value', 'speed-time': 'value', 'keepalive-time': 'value', 'max-filesize': 'value', proto: 'value', 'proto-default': 'value', 'proto-redir': 'value', 'time-cond': 'value',
  noproxy: 'value', 'cert-type': 'value', 'key-type': 'value', pass: 'value', engine: 'value', service_name: 'value', 'aws-sigv4': 'value', variable: 'value', 'expect100-timeout': 'value', rate: 'value', 'parallel-max': 'value', pinnedpubkey: 'value',
};

/** These read or write files without an argument. */
const fileFlags = new Set(['netrc', 'netrc-optional', 'remote-name', 'remote-name-all', 'remote-header-name']);

const short: Readonly<Record<string, string>> = {
  X: 'request', H: 'header', d: 'data', G: 'get', u: 'user', F: 'form', b: 'cookie', A: 'user-agent', e: 'referer', I: 'head', o: 'output', O: 'remote-name', K: 'config', T: 'upload-file',
  c: 'cookie-jar', D: 'dump-header', E: 'cert', n: 'netrc', x: 'proxy', U: 'proxy-user', m: 'max-time', w: 'write-out', r: 'range', Y: 'speed-limit', y: 'speed-time', z: 'time-cond', C: 'range', t: 'range', P: 'interface', J: 'remote-header-name',
};

export interface Option { name: string; kind: OptionKind; /** Follows in the same word (`-XPOST`, `--data=…` is not curl's way). */ attached?: string }

/** Reads one word as the options it holds; a bundle such as `-sSkX` gives several. */
export function optionsIn(word: string): Option[] {
  if (word.startsWith('--')) {
    const name = word.slice(2);
    if (fileFlags.has(name)) return [{ name: word, kind: 'file', attached: '' }];
    return [{ name: word, kind: Object.hasOwn(long, name) ? long[name] as OptionKind : 'flag' }];
  }
  const options: Option[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word[at] as string;
    const name = Object.hasOwn(short, letter) ? short[letter] as string : undefined;
    if (name === undefined) { options.push({ name: `-${letter}`, kind: 'flag' }); continue; }
    if (fileFlags.has(name)) { options.push({ name: `-${letter}`, kind: 'file', attached: '' }); continue; }
    const kind = long[name] as OptionKind;
    if (kind === 'get' || kind === 'head') { options.push({ name: `-${letter}`, kind }); continue; }
    const rest = word.slice(at + 1);
    options.push({ name: `-${letter}`, kind, ...(rest !== '' && { attached: rest }) });
    break;
  }
  return options;
}

export const takesValue = (kind: OptionKind): boolean => !['flag', 'get', 'head'].includes(kind);
