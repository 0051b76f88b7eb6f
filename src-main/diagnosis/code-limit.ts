import type { RunState } from '../contract/read/run-state.ts';
import { recognise } from './knowledge/recognise.ts';

/**
 * How long the codes of a Run's provider are known to live: the practice provider's own setting, else what the provider files know of it.
 *
 * @returns seconds and where that is known from; `null` for an unknown provider, and for one of which nobody says it
 */
export function codeLimitOf(state: RunState): { seconds: number; from: string } | null {
  const provider = state.environment?.provider;
  if (provider?.kind === 'practice') return { seconds: provider.lifetimes.authorizationCode, from: 'the practice provider’s setting' };
  const { metadata = {} } = state.metadata ?? {};
  const urls = [metadata['issuer'], metadata['token_endpoint'], metadata['authorization_endpoint'], state.authorizations.at(-1)?.url].filter((url) => typeof url === 'string');
  const known = recognise({ urls, answer: '' })?.provider.knowledge;
  const seconds = known?.code_lifetime.seconds;
  if (known === undefined || seconds === undefined || seconds === null) return null;
  return { seconds, from: `what is known of ${known.name}${known.code_lifetime.source === null ? '' : ` (${known.code_lifetime.source})`}` };
}
