import type { Environment, Problem, SecretState } from './contract/index.ts';
import { providers, recognise } from './diagnosis/index.ts';
import type { KnownProvider } from './environment/index.ts';
import { knowledgeChecks, setupChecks } from './environment/index.ts';

export const knownProviders = (): readonly KnownProvider[] => providers().map(({ knowledge }) => knowledge);

export interface SetupFindings { findings: Problem[]; provider: { id: string; name: string; why: string } | null }

/** What will fail or surprise in a configuration, judged against the metadata and what is known of the provider: environment/ and diagnosis/ joined. */
export function setupFindings(environment: Environment, metadata: Record<string, unknown> | null, clientSecret: SecretState): SetupFindings {
  const recognised = environment.provider.kind === 'practice' ? null : recognise({ urls: urlsOf(environment, metadata), answer: '' });
  const known = recognised?.provider.knowledge;
  return {
    findings: [...setupChecks({ environment, metadata, clientSecret }), ...(known ? knowledgeChecks(environment, known) : [])],
    provider: known && recognised ? { id: known.id, name: known.name, why: recognised.why } : null,
  };
}

function urlsOf({ provider }: Environment, metadata: Record<string, unknown> | null): string[] {
  const typed = provider.kind === 'discovery' ? [provider.issuer] : provider.kind === 'manual' ? [provider.endpoints.token_endpoint, provider.endpoints.authorization_endpoint] : [];
  return [...typed, ...['token_endpoint', 'issuer'].map((name) => metadata?.[name]).filter((value) => typeof value === 'string')];
}

/** Hosts a known provider uses beside its issuer's, from the addresses in its data; none for an unknown one. */
export function providerHosts(environment: Environment): string[] {
  const known = recognise({ urls: urlsOf(environment, null), answer: '' })?.provider.knowledge;
  if (!known || environment.provider.kind === 'practice') return [];
  const { authorization, token, revocation } = known.endpoints;
  return [authorization, token, revocation].flatMap((template) => (typeof template === 'string' && !template.includes('{') && URL.canParse(template) ? [new URL(template).host] : []));
}
