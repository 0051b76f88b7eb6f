import { describe, expect, it } from 'vitest';
import { providers } from '../../../src-main/diagnosis/knowledge/load.ts';
import { isCauseId } from '../../../src-main/diagnosis/cause-ids.ts';
import type { KnownError, ProviderKnowledge } from '../../../src-main/diagnosis/knowledge/schema.ts';
import type { ImportedExchange } from '../../../src-main/import/imported.ts';
import { diagnosed, order, REDIRECT, run, token, VERIFIER } from './runs.ts';

/** The text an error is shown with: its verbatim description, beside its number where it has one. */
function textOf({ match, description_verbatim: verbatim }: KnownError): string | undefined {
  if (/^(?:AADSTS|AADB2C)/.test(match.subcode ?? '')) {
    // The same number means several things: those entries carry their own sentence behind it.
    return `${match.subcode ?? ''}: ${verbatim ?? ''}`;
  }
  return verbatim ?? undefined;
}

function answerOf(entry: KnownError, provider: ProviderKnowledge): unknown {
  const text = textOf(entry);
  const { error, subcode } = entry.match;
  if (provider.id === 'facebook') return { error: { message: text, type: error, code: Number(subcode ?? 1) } };
  if (provider.id === 'hubspot') return { status: error, message: text, correlationId: 'x' };
  return {
    ...(error !== null && { error }),
    ...(text !== undefined && { error_description: text }),
    ...(subcode !== undefined && !text?.includes(subcode) && { error_reason: subcode }),
  };
}

function exchange(entry: KnownError, provider: ProviderKnowledge): ImportedExchange[] {
  const url = (provider.endpoints.token ?? '').replace(/\{issuer\}/, 'https://as.unknown.test').replace(/\{[^}]+\}/g, 'x');
  const refreshing = entry.match.grant_type === 'refresh_token' || entry.cause.startsWith('refresh_');
  return token({
    url: URL.canParse(url) ? url : 'https://as.unknown.test/token',
    status: entry.match.status ?? 400, date: null, basic: 'client-a:s3cr3t-value',
    body: answerOf(entry, provider),
    ...(entry.cause === 'client_secret_missing' && { basic: null }),
    ...(entry.cause === 'request_malformed' && { requestHeaders: { 'Content-Type': 'text/plain' } }),
    parameters: entry.cause === 'user_password_wrong' ? { grant_type: 'password', username: 'ann', password: 'pw' } : refreshing ? { grant_type: 'refresh_token', refresh_token: 'r-9hT5kLm2QwErTy' } : { grant_type: 'authorization_code', code: 'SplxlOBeZQQYbYS6WxSbIA', redirect_uri: REDIRECT, ...sentFor(entry.cause) },
  });
}

/** A request that can have the fault at all. */
function sentFor(cause: string): Record<string, string | undefined> {
  switch (cause) {
    case 'pkce_unexpected_verifier': return { code_verifier: VERIFIER };
    case 'redirect_uri_missing': return { redirect_uri: undefined };
    default: return {};
  }
}

/** An authorization endpoint tells its faults at the redirect, or on a page of its own. */
function redirected(entry: KnownError): ImportedExchange[] {
  const query = new URLSearchParams({ error: entry.match.error ?? 'error', state: 's', ...(textOf(entry) !== undefined && { error_description: textOf(entry) as string }) });
  return [{ id: 'entry-cb', method: 'GET', url: `${REDIRECT}?${query.toString()}`, headers: [], body: '', response: { status: 200, reason: '', headers: [], body: '' }, started: null, duration: 0 }];
}

const table = providers().flatMap(({ knowledge }) => knowledge.errors.map((entry, index) => ({ name: `${knowledge.id}[${index}] ${entry.match.subcode ?? entry.match.error ?? ''} ${entry.description_verbatim?.slice(0, 60) ?? ''}`, knowledge, entry })));

describe('every error of the provider knowledge', () => {
  it('names causes of the list only', () => {
    for (const { entry } of table) for (const id of [entry.cause, ...(entry.also_possible ?? [])]) expect(isCauseId(id), id).toBe(true);
    expect(table.length).toBe(323);
  });

  it.each(table)('$name', ({ knowledge, entry }) => {
    const parts = entry.match.endpoint === 'authorize' ? redirected(entry) : exchange(entry, knowledge);
    const diagnosis = diagnosed(run(parts), { provider: knowledge.id });
    expect(diagnosis.provider?.id).toBe(knowledge.id);
    const found = diagnosis.causes.find(({ id }) => id === entry.cause);
    expect(found?.verdict, order(diagnosis)).toBe('likely');
    // The entry's own cause leads, or one it names itself as also possible.
    expect([entry.cause, ...(entry.also_possible ?? [])], order(diagnosis)).toContain(diagnosis.causes[0]?.id);
  });
});
