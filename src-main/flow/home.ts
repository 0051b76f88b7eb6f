import type { RunState } from '../contract/index.ts';

/** Whether a URL is of the hosts that the secrets of a Run's environment belong to. */
export function isHome(state: RunState, url: string): boolean {
  return URL.canParse(url) && hostsOf(state).has(new URL(url).origin);
}

/** Origins this environment's secrets belong to: of its configuration and of the metadata the Run read from there. */
function hostsOf(state: RunState): Set<string> {
  const origins = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string' && URL.canParse(value)) origins.add(new URL(value).origin);
  };
  const provider = state.environment?.provider;
  if (provider?.kind === 'discovery') add(provider.issuer);
  if (provider?.kind === 'manual') Object.values(provider.endpoints).forEach(add);
  const { metadata = {} } = state.metadata ?? {};
  const aliases = metadata['mtls_endpoint_aliases'];
  const named = [...Object.entries(metadata), ...Object.entries(typeof aliases === 'object' && aliases !== null ? aliases : {})];
  for (const [name, value] of named) if (name === 'issuer' || name === 'jwks_uri' || name.endsWith('_endpoint')) add(value);
  return origins;
}
