import type { Environment, ExtraParameter, Preset, Provider, Redirect, Result } from '../contract/index.ts';
import { environmentSchema, fail, httpUrlSchema, ok } from '../contract/index.ts';
import type { KnownProvider } from './knowledge.ts';
import { knownMethod, redirectKnowledge, refreshNeeds } from './knowledge.ts';
import { newEnvironment } from './presets.ts';

const TEMPLATE = /^(?:https:\/\/|\{issuer\})[^\s()]*$/;
const placeholders = (template: string): string[] => [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** The address templates an environment can be made from; `null` with neither discovery nor endpoints. */
function templatesOf({ endpoints }: KnownProvider): { kind: 'discovery'; issuer: string } | { kind: 'manual'; authorization: string; token: string; revocation: string | null } | null {
  const { issuer_template: issuer, discovery, authorization, token, revocation } = endpoints;
  const usable = (template: string | null | undefined): template is string => typeof template === 'string' && TEMPLATE.test(template);
  if (usable(issuer) && (discovery !== null || !usable(authorization) || !usable(token))) return { kind: 'discovery', issuer };
  if (usable(authorization) && usable(token)) return { kind: 'manual', authorization, token, revocation: usable(revocation) ? revocation : null };
  return null;
}

/** All providers that are known, with what a person has to fill in. Those no environment can be made for say why. */
export function presetsFrom(known: readonly KnownProvider[]): Preset[] {
  return known.map((provider) => {
    const templates = templatesOf(provider);
    const needed = new Set(templates === null ? [] : templates.kind === 'discovery' ? placeholders(templates.issuer) : placeholders(`${templates.authorization}${templates.token}${templates.revocation ?? ''}`));
    const values = new Map((provider.endpoints.variables ?? []).map(({ name, values: listed }) => [name, listed ?? []]));
    return {
      id: provider.id, name: provider.name,
      how: templates?.kind ?? null,
      ...(templates === null && { why: 'The sources name no addresses that hold for everybody: enter the issuer or the endpoints your server gives you.' }),
      variables: [...needed].map((name) => ({ name, examples: values.get(name) ?? [] })),
      notes: notesOf(provider), docs: provider.docs[0] ?? null,
    };
  }).toSorted((a, b) => a.name.localeCompare(b.name));
}

function notesOf(provider: KnownProvider): Preset['notes'] {
  const about = [
    { about: 'Redirect', ...provider.redirect }, { about: 'Refresh token', ...provider.refresh }, { about: 'PKCE', ...provider.pkce }, { about: 'Client authentication', ...provider.client_auth },
    ...provider.quirks.map((quirk) => ({ about: 'Worth knowing', ...quirk })),
  ];
  return about.filter(({ summary }) => summary !== 'unknown').map(({ about: title, summary, source }) => ({ about: title, text: summary, source }));
}

/**
 * A new environment for a known provider, with the addresses, redirect, scopes and method its sources name.
 *
 * @param values what the person filled in, by variable
 * @returns the environment, not stored; `problem.field` is the variable that is missing or makes no address
 */
export function environmentFor(provider: KnownProvider, values: Readonly<Record<string, string>>): Result<Environment> {
  const templates = templatesOf(provider);
  if (templates === null) return fail({ code: 'preset-without-addresses', message: `No addresses are known for ${provider.name}.`, next: 'Enter the issuer or the endpoints by hand.' });
  const filled = (template: string): Result<string> => fill(template, values);
  const made = templates.kind === 'discovery' ? discovery(filled(templates.issuer)) : manual(filled(templates.authorization), filled(templates.token), templates.revocation === null ? null : filled(templates.revocation));
  if (!made.ok) return made;
  const needs = refreshNeeds(provider);
  const oidc = templates.kind === 'discovery';
  const scopes = [...(oidc ? ['openid', 'profile', 'email'] : []), ...needs.scopes];
  const environment = newEnvironment({
    name: [provider.name, Object.values(values)[0]].filter(Boolean).join(', ').slice(0, 80), provider: made.value, scope: scopes.join(' '),
    client: { id: '', authMethod: provider.client_auth.methods?.map(knownMethod).find((method) => method !== null && method !== 'private_key_jwt') ?? 'client_secret_basic' },
    redirect: redirectFor(provider), authorizationParameters: parametersFor(needs.parameters),
  });
  return ok(environmentSchema.parse(environment));
}

const parametersFor = (parameters: readonly ExtraParameter[]): ExtraParameter[] => parameters.map(({ name, value }) => ({ name, value }));

function redirectFor(provider: KnownProvider): Redirect {
  const { hosts, anyPort, loopback } = redirectKnowledge(provider);
  const onlyLocalhost = typeof provider.redirect['any_port'] === 'string' && /localhost only/.test(provider.redirect['any_port']);
  const host = onlyLocalhost ? 'localhost' : (hosts[0] ?? '127.0.0.1');
  // A port that has to be registered must not change from run to run.
  return { host, port: anyPort === 'yes' ? null : 8765, path: '/callback', ...(loopback === 'no' && { scheme: 'https' as const }) };
}

function fill(template: string, values: Readonly<Record<string, string>>): Result<string> {
  for (const name of placeholders(template)) {
    const value = values[name]?.trim() ?? '';
    if (value === '') return fail({ code: 'preset-value-missing', message: `${name} is missing.`, field: name });
    if (name === 'issuer' ? !httpUrlSchema.safeParse(value).success : /[\s/?#@\\{}]/.test(value)) {
      return fail({ code: 'preset-value-wrong', message: name === 'issuer' ? 'This is no http(s) address.' : `${name} is a name, without slashes, spaces or a scheme.`, field: name });
    }
  }
  const url = template.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name]?.trim() ?? '');
  return httpUrlSchema.safeParse(url).success ? ok(url) : fail({ code: 'preset-value-wrong', message: `Together this is no address: ${url.slice(0, 200)}`, ...(placeholders(template)[0] !== undefined && { field: placeholders(template)[0] as string }) });
}

const discovery = (issuer: Result<string>): Result<Provider> => (issuer.ok ? ok({ kind: 'discovery', issuer: issuer.value }) : issuer);

function manual(authorization: Result<string>, token: Result<string>, revocation: Result<string> | null): Result<Provider> {
  if (!authorization.ok) return authorization;
  if (!token.ok) return token;
  return ok({ kind: 'manual', endpoints: { authorization_endpoint: authorization.value, token_endpoint: token.value, ...(revocation?.ok && { revocation_endpoint: revocation.value }) } });
}
