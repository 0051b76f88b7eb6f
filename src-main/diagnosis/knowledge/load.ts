import { providerFiles } from '../../../resources/providers/index.ts';
import type { KnownError, ProviderKnowledge } from './schema.ts';

/** A known error with its expressions compiled. */
export interface CompiledError { entry: KnownError; provider: ProviderKnowledge; pattern: RegExp | null; /** The sub-code as a word of its own. */ subcode: RegExp | null }

export interface CompiledProvider {
  knowledge: ProviderKnowledge;
  errors: CompiledError[];
  hosts: RegExp[];
  paths: RegExp[];
  texts: RegExp[];
}

const expressions = (sources: readonly string[] | undefined): RegExp[] => (sources ?? []).map((source) => new RegExp(source, 'i'));

function compile(knowledge: ProviderKnowledge): CompiledProvider {
  return {
    knowledge,
    errors: knowledge.errors.map((entry) => ({
      entry, provider: knowledge,
      pattern: entry.match.description_pattern === undefined ? null : new RegExp(entry.match.description_pattern, 'i'),
      subcode: entry.match.subcode === undefined ? null
        : new RegExp(`(?:^|[^A-Za-z0-9])${entry.match.subcode.replace(/[^A-Za-z0-9_]/g, '\\$&')}(?![A-Za-z0-9])`, 'i'),
    })),
    hosts: expressions(knowledge.recognition?.hosts),
    paths: expressions(knowledge.recognition?.paths),
    texts: expressions(knowledge.recognition?.texts),
  };
}

let compiled: CompiledProvider[] | null = null;

/** Every provider of resources/providers, compiled once. The files are part of the build and are checked against the schema in a test. */
export function providers(): readonly CompiledProvider[] {
  compiled ??= (providerFiles as readonly ProviderKnowledge[]).map(compile);
  return compiled;
}
