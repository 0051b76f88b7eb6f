import type { OAuthError } from '../../contract/run.ts';
import type { CompiledError } from '../knowledge/load.ts';
import { providers } from '../knowledge/load.ts';
import type { Recognised } from '../knowledge/recognise.ts';

export interface MatchQuestion { error: OAuthError; /** Everything the answer says, joined. */ text: string; endpoint: 'token' | 'authorize' | 'any'; grantType: string | undefined }

export interface MatchAnswer { match: CompiledError; how: 'subcode' | 'pattern' | 'bare' }

/**
 * What a recognised provider's own list says about an answer: sub-code first, then the longest description, then the bare `error`.
 */
export function matchProvider(recognised: Recognised, question: MatchQuestion): MatchAnswer | null {
  const all = candidates(recognised);
  const errors = all.filter(({ entry }) => question.endpoint === 'any' || entry.match.endpoint === 'any' || entry.match.endpoint === question.endpoint);
  const bySubcode = errors.filter((error) => hasSubcode(question, error));
  if (bySubcode.length > 0) {
    const texted = longest(bySubcode.filter((error) => error.pattern?.test(question.text) === true), question);
    const plain = bySubcode.find(({ entry }) => entry.match.description_pattern === undefined) ?? (bySubcode.length === 1 ? bySubcode[0] : undefined);
    const match = texted ?? plain;
    if (match) return { match, how: 'subcode' };
  }
  const byPattern = longest(errors.filter((error) => error.pattern?.test(question.text) === true && agrees(error, question)), question);
  if (byPattern) return { match: byPattern, how: 'pattern' };
  const bare = errors.filter(({ entry }) => entry.match.error !== null && entry.match.error === question.error.error
    && entry.match.description_pattern === undefined && entry.match.subcode === undefined);
  const match = bare.find(({ entry }) => entry.match.grant_type === question.grantType)
    ?? bare.find(({ entry }) => entry.match.grant_type === undefined) ?? (question.grantType === undefined ? bare[0] : undefined);
  return match ? { match, how: 'bare' } : null;
}

/** Entra External ID and B2C answer with Entra's numbers too. */
function candidates({ provider }: Recognised): CompiledError[] {
  if (!['entra-external-id', 'azure-ad-b2c'].includes(provider.knowledge.id)) return provider.errors;
  return [...provider.errors, ...(providers().find(({ knowledge }) => knowledge.id === 'entra')?.errors ?? [])];
}

function hasSubcode({ error, text }: MatchQuestion, { entry, subcode }: CompiledError): boolean {
  const wanted = entry.match.subcode;
  if (wanted === undefined || subcode === null) return false;
  return error.subcode === wanted || error.subcode === wanted.replace(/^\D+/, '') || subcode.test(text);
}

function agrees({ entry }: CompiledError, { error, grantType }: MatchQuestion): boolean {
  if (entry.match.error !== null && error.error !== null && entry.match.error !== error.error) return false;
  return entry.match.grant_type === undefined || grantType === undefined || entry.match.grant_type === grantType;
}

/** The longest matched text; between equal ones the entry of this very error and grant. */
function longest(errors: readonly CompiledError[], question: MatchQuestion): CompiledError | undefined {
  const rank = (error: CompiledError): number =>
    (error.pattern?.exec(question.text)?.[0].length ?? 0) * 4
    + (error.entry.match.error !== null && error.entry.match.error === question.error.error ? 2 : 0)
    + (error.entry.match.grant_type !== undefined && error.entry.match.grant_type === question.grantType ? 1 : 0);
  return errors.reduce<CompiledError | undefined>((best, error) => (best === undefined || rank(error) > rank(best) ? error : best), undefined);
}

/** Sentences of other providers in the answer of an unknown one: servers share libraries, so a long and special text is a hint. */
export function matchAnyProvider(question: MatchQuestion): CompiledError[] {
  if (question.text.length < 12) return [];
  const found: CompiledError[] = [];
  for (const { errors } of providers()) {
    for (const error of errors) {
      if (error.pattern === null || (error.entry.match.description_pattern?.length ?? 0) < 18) continue;
      if (error.entry.match.endpoint !== 'any' && error.entry.match.endpoint !== question.endpoint) continue;
      if (error.pattern.test(question.text) && agrees(error, question)) found.push(error);
    }
  }
  return found;
}
