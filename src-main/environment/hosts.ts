/** Whether a URL's host is this machine (RFC 8252 §7.3; `localhost` by RFC 6761 §6.3). */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  const host = hostname.replace(/\.$/, '');
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host) || /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(host);
}

/** Whether a host is an address of a private or link-local network (RFC 1918, RFC 3927, RFC 4193), where clouds keep their metadata services. */
export function isInternalAddress({ hostname }: Pick<URL, 'hostname'>): boolean {
  return /^(?:10|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3})+$/.test(hostname) || hostname === '0.0.0.0' || hostname === '[::]'
    || /^\[(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(hostname);
}

/** An absolute http(s) URL without user info, parsed; `null` for anything else. */
export function httpUrlOf(value: unknown): URL | null {
  if (typeof value !== 'string' || value.length > 8192 || !URL.canParse(value)) return null;
  const url = new URL(value);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' ? url : null;
}

/** Text of a stranger for a sentence: on one line and cut. */
export function quotedUrl(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value;
   
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ue0f0\ue0f1]/g, '\ufffd');
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}
