import type { Environment, Problem } from '../contract/index.ts';
import type { KnownProvider } from './knowledge.ts';
import { knownMethod, redirectKnowledge, refreshNeeds } from './knowledge.ts';

/** What is known of a provider that this configuration will fail on or be surprised by; each with what to change and where it stands. */
export function knowledgeChecks(environment: Environment, provider: KnownProvider): Problem[] {
  return [...redirectChecks(environment, provider), ...refreshChecks(environment, provider), ...methodChecks(environment, provider)];
}

const from = (source: string | null): string => (source === null ? '' : ` Source: ${source}`);

function redirectChecks({ redirect }: Environment, provider: KnownProvider): Problem[] {
  const { loopback, anyPort, hosts } = redirectKnowledge(provider);
  const why = `${provider.redirect.summary}${from(provider.redirect.source)}`;
  const problems: Problem[] = [];
  if (loopback === 'no' && redirect.scheme !== 'https') {
    problems.push({ code: 'redirect-loopback-refused', message: `${provider.name} takes no http redirect URI on this machine.`, why, next: 'Use https for the redirect, or a redirect URI of a server of yours.', field: 'redirect.scheme' });
  }
  if (hosts.length > 0 && !hosts.includes(redirect.host)) {
    problems.push({ code: 'redirect-host-refused', message: `${provider.name} does not take ${redirect.host} in a redirect URI.`, why, next: `Choose ${hosts.join(' or ')}.`, field: 'redirect.host' });
  }
  if (anyPort === 'no' && redirect.port === null) {
    problems.push({ code: 'redirect-port-changes', message: `${provider.name} compares the port too, and "any free port" is another one each time.`, why, next: 'Choose a fixed port and register it.', field: 'redirect.port' });
  }
  return problems;
}

function refreshChecks({ scope, authorizationParameters, request, grant }: Environment, provider: KnownProvider): Problem[] {
  if (grant === 'client_credentials') return [];
  const { scopes, parameters } = refreshNeeds(provider);
  const words = scope.split(' ');
  // Alternatives of the data ("offline or offline_access") are all named: one of them is enough.
  const lacksScope = scopes.length > 0 && !scopes.some((wanted) => words.includes(wanted));
  const lacking = parameters.filter(({ name, value }) => !authorizationParameters.some((extra) => extra.name === name && extra.value.split(' ').includes(value)) && !(name === 'prompt' && request?.prompt?.split(' ').includes(value)));
  if (!lacksScope && lacking.length === 0) return [];
  const missing = [...(lacksScope ? [`the scope ${scopes.join(' or ')}`] : []), ...lacking.map(({ name, value }) => `the parameter ${name}=${value}`)].join(' and ');
  return [{
    code: 'no-refresh-token', message: `${provider.name} will give no refresh token without ${missing}.`, why: `${provider.refresh.summary}${from(provider.refresh.source)}`,
    next: 'Add it if you want one.', field: lacksScope ? 'scope' : 'authorizationParameters',
  }];
}

function methodChecks({ client, pkce }: Environment, provider: KnownProvider): Problem[] {
  const problems: Problem[] = [];
  const methods = provider.client_auth.methods?.map(knownMethod) ?? [];
  // Only where every word of the data is one of ours is the list a list.
  if (methods.length > 1 && methods.every((method) => method !== null) && !(methods as string[]).includes(client.authMethod)) {
    problems.push({ code: 'auth-method-unknown-there', message: `${provider.name} is not known to take ${client.authMethod}.`, why: `${provider.client_auth.summary}${from(provider.client_auth.source)}`, next: `Known there: ${methods.join(', ')}.`, field: 'client.authMethod' });
  }
  const known = provider.pkce.methods ?? [];
  if (pkce !== 'off' && known.length > 0 && !known.some((method) => method.startsWith(pkce))) {
    problems.push({ code: 'pkce-unknown-there', message: `${provider.name} is not known to take the PKCE method ${pkce}.`, why: `${provider.pkce.summary}${from(provider.pkce.source)}`, next: `Known there: ${known.join(', ')}.`, field: 'pkce' });
  }
  if (pkce === 'off' && /^required/.test(provider.pkce.support ?? '')) {
    problems.push({ code: 'pkce-required-there', message: `${provider.name} requires PKCE: ${provider.pkce.support ?? ''}.`, why: `${provider.pkce.summary}${from(provider.pkce.source)}`, next: 'Choose S256.', field: 'pkce' });
  }
  return problems;
}
