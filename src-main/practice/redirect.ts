/**
 * Whether a redirect URI is one the practice clients may use: `http` to 127.0.0.1, [::1] or localhost with any port and any path,
 * so that every redirect Grantscope can listen on is registered.
 *
 * @param value the `redirect_uri` parameter as it came
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export function isLoopbackRedirect(value: string): boolean {
  if (!URL.canParse(value) || /[\s\\#]/.test(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname) && username === '' && password === '' && !value.includes('@');
}
