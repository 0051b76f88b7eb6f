import type { Problem, Result } from '../contract/index.ts';
import { fail, ok } from '../contract/index.ts';

const MAX_URL = 16_384;

/**
 * Judges a URL before it is handed to the operating system: http(s) only, no user info, no white space or control characters,
 * no backslash (browsers read it as a slash, other programs do not).
 */
export function externalUrl(url: string): Result<string> {
  if (url.length > MAX_URL) return fail(refusedUrl(`It is longer than ${MAX_URL} characters.`));
  if (/[\s\\\u0000-\u001f\u007f-\u009f]/.test(url)) return fail(refusedUrl('It holds white space, control characters or a backslash.'));
  if (!URL.canParse(url)) return fail(refusedUrl('It is not an absolute URL.'));
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return fail(refusedUrl(`Its scheme is ${parsed.protocol}`));
  if (parsed.username !== '' || parsed.password !== '') return fail(refusedUrl('It holds a user name before the host.'));
  return ok(parsed.href);
}

function refusedUrl(why: string): Problem {
  return { code: 'url-refused', message: 'This URL is not opened in the browser.', why, next: 'Check the authorization endpoint and the extra parameters of the environment.' };
}
