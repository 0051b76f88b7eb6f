import type { Environment } from '../../src-main/contract/environment.ts';
import { redirectUriOf } from '../../src-main/contract/redirect-uri.ts';
import { urlParts } from '../format/url.ts';

/** Where an environment's provider is, in a few words. */
export function providerText({ provider }: Environment): string {
  switch (provider.kind) {
    case 'practice': return `built in, ${provider.client} client`;
    case 'discovery': return urlParts(provider.issuer).host;
    case 'manual': return urlParts(provider.endpoints.token_endpoint).host;
  }
}

/** The configuration as lines to read. */
export function factsOf(config: Environment): { name: string; value: string; mono?: boolean }[] {
  const { provider, client } = config;
  const practice = provider.kind === 'practice';
  return [
    { name: 'Provider', value: practice ? 'Built-in authorization server, on this machine only' : provider.kind === 'discovery' ? provider.issuer : provider.endpoints.token_endpoint, mono: !practice },
    { name: 'Client', value: practice ? `Registered for you (${provider.client})` : client.id || 'No client id yet', mono: !practice && client.id !== '' },
    { name: 'Authentication', value: practice && provider.client === 'public' ? 'none' : client.authMethod, mono: true },
    { name: 'Scope', value: config.scope || 'none', mono: config.scope !== '' },
    { name: 'Redirect URI', value: redirectUriOf(config.redirect), mono: true },
    { name: 'PKCE', value: config.pkce },
  ];
}
