/**
 * What of the provider data an environment is made from and judged by. A part of the shape of resources/providers; every statement there
 * has its source.
 */
export interface KnownProvider {
  id: string;
  name: string;
  kind: string;
  endpoints: {
    issuer_template: string | null; discovery: string | null; authorization: string | null; token: string | null; revocation?: string | undefined;
    variables?: { name: string; values?: string[] | undefined }[] | undefined;
  };
  redirect: { summary: string; source: string | null; [more: string]: unknown };
  pkce: { summary: string; source: string | null; methods?: string[] | undefined; support?: string | undefined };
  client_auth: { summary: string; source: string | null; methods?: string[] | undefined };
  refresh: { summary: string; source: string | null; how_to_get?: string | undefined };
  quirks: { summary: string; source: string }[];
  docs: string[];
}

/** A word of the data as one of ours; `null` where it says something else. */
export function knownMethod(text: string): 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none' | null {
  if (/^none\b/.test(text)) return 'none';
  const exact = (['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const).find((method) => text === method || text.startsWith(`${method} `));
  return exact ?? (/^client secret$/.test(text) ? 'client_secret_post' : null);
}

/** What a provider wants of a loopback redirect, as far as the data says it. */
export interface RedirectKnowledge {
  loopback: 'yes' | 'no' | 'unknown';
  anyPort: 'yes' | 'no' | 'unknown';
  /** Hosts it takes; empty where it is not known. */
  hosts: ('127.0.0.1' | 'localhost' | '[::1]')[];
}

export function redirectKnowledge({ redirect }: Pick<KnownProvider, 'redirect'>): RedirectKnowledge {
  const text = (name: string): string => (typeof redirect[name] === 'string' ? redirect[name] : '');
  const answer = (value: string): 'yes' | 'no' | 'unknown' => (/^yes\b/.test(value) ? 'yes' : /^no\b/.test(value) ? 'no' : 'unknown');
  const listed = Array.isArray(redirect['hosts_allowed']) ? redirect['hosts_allowed'].filter((host) => typeof host === 'string') : [];
  const hosts = (['127.0.0.1', 'localhost', '[::1]'] as const).filter((host) => listed.some((entry) => entry.startsWith(host) || entry.startsWith(host.replace(/[[\]]/g, ''))));
  // "Loopback IP", "127.x.x.x", "as registered": said in other words than a host name.
  const vague = listed.some((entry) => /loopback|registered|x\.x/i.test(entry) && !/^(127\.0\.0\.1|localhost)/.test(entry));
  return { loopback: answer(text('http_loopback')), anyPort: anyPortOf(text('any_port'), answer), hosts: vague ? [] : hosts };
}

function anyPortOf(text: string, answer: (value: string) => 'yes' | 'no' | 'unknown'): 'yes' | 'no' | 'unknown' {
  return /opt-in|regex/.test(text) ? 'no' : answer(text);
}

/** What brings a refresh token there: words of the scope and parameters of the authorization request. */
export function refreshNeeds({ refresh }: Pick<KnownProvider, 'refresh'>): { scopes: string[]; parameters: { name: string; value: string }[] } {
  const how = refresh.how_to_get ?? '';
  const optional = /^default\b/.test(how);
  const scopes = optional ? [] : [...how.matchAll(/scope=([A-Za-z0-9_.:]+)/g)].map(([, scope = '']) => scope);
  const parameters = [...how.matchAll(/\b(access_type|token_access_type|duration|prompt)=([a-z_]+)/g)].map(([, name = '', value = '']) => ({ name, value }));
  return { scopes, parameters };
}
