import { secretOf } from './case/credentials.ts';
import type { Case } from './case/case.ts';
import type { TokenRequest } from './case/token-request.ts';

const secretParameters = ['code', 'refresh_token', 'code_verifier', 'client_secret', 'client_assertion', 'assertion', 'password', 'token', 'subject_token', 'device_code'];

/**
 * Takes the Run's secrets out of a text: a server may repeat a token or a code in its own words.
 * Works on whole values of six characters and more; shorter ones cannot be told from ordinary words.
 */
export function scrubber(c: Case): (text: string) => string {
  const secrets = new Map<string, string>();
  const add = (kind: string, value: string | null | undefined): void => {
    if (value === null || value === undefined || value.length < 6) return;
    secrets.set(value, kind);
    const encoded = encodeURIComponent(value.isWellFormed() ? value : '');
    if (encoded !== '' && encoded !== value) secrets.set(encoded, kind);
  };
  for (const callback of c.callbacks) add('code', callback.code);
  for (const request of c.request === null ? c.others : [...c.others, c.request]) addRequest(request, add);
  const ordered = [...secrets].sort(([a], [b]) => b.length - a.length);
  return (text) => {
    let result = text;
    for (const [secret, kind] of ordered) if (result.includes(secret)) result = result.replaceAll(secret, `[${kind}, ${secret.length} characters]`);
    return result;
  };
}

function addRequest(request: TokenRequest, add: (kind: string, value: string | null | undefined) => void): void {
  for (const { name, value, raw } of request.parameters) {
    if (!secretParameters.includes(name)) continue;
    add(name.replaceAll('_', ' '), value);
    add(name.replaceAll('_', ' '), raw);
  }
  add('client secret', secretOf(request.credentials));
  add('client secret', request.credentials.basic?.rawSecret);
  add('access token', request.tokens?.access);
  add('refresh token', request.tokens?.refresh);
  add('id token', request.tokens?.id);
}
