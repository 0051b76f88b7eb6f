import type { Environment } from '../../contract/environment.ts';
import { redirectUriOf } from '../../contract/redirect-uri.ts';
import type { Line } from '../rows/line.ts';
import { shownValue } from '../rules/json.ts';
import { configurationSpec } from '../tables/configuration.ts';
import { factOf, line } from './lines.ts';

/** Settings as lines, by their path. What is off or empty is no line, so that a default and its absence are the same. */
export function configurationLines(environment: Environment): Line[] {
  const { id: _id, redirect: _redirect, authorizationParameters, tokenParameters, ...rest } = environment;
  const entries: [string, string][] = [
    ...flattened('', rest),
    ['redirect', redirectUriOf(environment.redirect, environment.redirect.port ?? undefined)],
    ...authorizationParameters.map(({ name, value }): [string, string] => [`authorizationParameters.${name}`, value]),
    ...tokenParameters.map(({ name, value }): [string, string] => [`tokenParameters.${name}`, value]),
  ];
  return entries.map(([path, text]) => line(path, words(path), configurationSpec(path), factOf(text, configurationSpec(path))));
}

function flattened(prefix: string, value: Record<string, unknown>): [string, string][] {
  return Object.entries(value).flatMap(([name, member]): [string, string][] => {
    const path = `${prefix}${name}`;
    if (member === undefined || member === null || member === '' || member === false || (Array.isArray(member) && member.length === 0)) return [];
    return typeof member === 'object' && !Array.isArray(member) ? flattened(`${path}.`, member as Record<string, unknown>) : [[path, shownValue(member)]];
  });
}

const known: Readonly<Record<string, string>> = {
  name: 'Name', 'provider.kind': 'Provider', 'provider.issuer': 'Issuer', 'client.id': 'Client id', 'client.authMethod': 'Client authentication', scope: 'Scope', redirect: 'Redirect URI', pkce: 'PKCE', grant: 'Flow',
  'provider.client': 'Practice client', 'provider.lifetimes.authorizationCode': 'Code lives (s)', 'provider.lifetimes.accessToken': 'Access token lives (s)', 'provider.lifetimes.idToken': 'ID token lives (s)',
  'provider.lifetimes.refreshToken': 'Refresh token lives (s)', 'limits.browser': 'Limit in the browser (s)', 'limits.request': 'Limit of a request (s)',
};

/** A path as a person reads it, e.g. `limits.browser` as “limits: browser”. */
const words = (path: string): string => known[path] ?? path.replace(/([a-z])([A-Z])/g, (_all, before: string, letter: string) => `${before} ${letter.toLowerCase()}`).replaceAll('.', ': ');
