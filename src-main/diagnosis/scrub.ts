import { secretOf } from './case/credentials.ts';
import type { Case } from './case/case.ts';
import type { TokenRequest } from './case/token-request.ts';

const secretParameters = ['code', 'refresh_token', 'code_verifier', 'client_secret', 'client_assertion', 'assertion', 'password', 'token', 'subject_token', 'device_code'];

/**
 * Takes secrets out of a text: a server may repeat a token or a code of the refused request in its own words (our own words never do).
 * Works on the texts named and on whole values of six characters and more; shorter ones cannot be told from ordinary words.
 *
 * @returns null where none of them stands in any of the texts
 */
export function scrubber(c: Case, texts: Iterable<string>): ((text: string) => string) | null {
  const secrets = new Map<string, string>();
  const add = (kind: string, value: string | null | undefined): void => {
    if (value === null || value === undefined || value.length < 6) return;
    secrets.set(value, kind);
    const encoded = encodeURIComponent(value.isWellFormed() ? value : '');
    if (encoded !== '' && encoded !== value) secrets.set(encoded, kind);
  };
  add('code', c.callback?.code);
  for (const request of [c.request, c.origin, ...c.before.slice(-1)]) if (request !== null) addRequest(request, add);
  // Nearly always none of them stands in any text: one pass over all texts together finds out.
  const corpus = [...new Set(texts)].join('\n');
  const ordered = [...secrets].filter(([secret]) => corpus.includes(secret)).sort(([a], [b]) => b.length - a.length);
  if (ordered.length === 0) return null;
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
