import type { CompiledProvider } from './load.ts';
import { providers } from './load.ts';

export interface Recognised { provider: CompiledProvider; why: string; confidence: number }

export interface Traces {
  /** Issuer, authorization and token URLs seen in the Run. */
  urls: readonly string[];
  /** The refused answer, decoded. */
  answer: string;
  /** Id given by the environment's preset, if any. */
  id?: string;
}

/**
 * Finds out which provider answered: by its hosts first, by paths no other server uses, then by the shape of the answer.
 * Answers null for an unknown one, and nothing is assumed of those.
 */
export function recognise(traces: Traces): Recognised | null {
  const all = providers();
  if (traces.id !== undefined) {
    const provider = all.find(({ knowledge }) => knowledge.id === traces.id);
    if (provider) return { provider, why: 'named by the environment', confidence: 1 };
  }
  const urls = traces.urls.filter((text) => URL.canParse(text)).map((text) => new URL(text));
  for (const url of urls) {
    const provider = all.find(({ hosts }) => hosts.some((host) => host.test(url.hostname)));
    if (provider) return { provider, why: `host ${url.hostname}`, confidence: 1 };
  }
  const byText = all.find(({ texts }) => texts.some((text) => text.test(traces.answer)));
  if (byText) return { provider: byText, why: 'the form of its error answer', confidence: 0.8 };
  for (const url of urls) {
    const provider = all.find(({ paths }) => paths.some((path) => path.test(url.pathname)));
    if (provider) return { provider, why: `path ${url.pathname}`, confidence: 0.8 };
  }
  return null;
}
