import { utf8Of } from '../../contract/read/http.ts';
import type { Case, Said } from '../case/case.ts';
import { grantTypeOf, sent } from '../case/token-request.ts';
import type { CauseId } from '../cause-ids.ts';
import { isCauseId } from '../cause-ids.ts';
import type { KnownError } from '../knowledge/schema.ts';
import { isStandardError, weightsOfError } from './error-codes.ts';
import type { Reading } from './phrases.ts';
import { definitionOf, readSentence } from './phrases.ts';
import type { MatchQuestion } from './provider-match.ts';
import { matchAnyProvider, matchProvider } from './provider-match.ts';
import type { Sentence } from './sentence.ts';
import { normalised, partsOf, sentencesOf } from './sentence.ts';
import { besideDescription, wordsOf } from './words.ts';

const SPECIFIC: Record<KnownError['evidence'], number> = { documented: 60, source_code: 60, reported: 54 };

/**
 * Fills `case.said` and `case.cleared`: what the answer's words mean as weights for causes. Never a verdict:
 * the recorded values outrank any sentence.
 */
export function understand(c: Case): void {
  const question = questionOf(c);
  const refreshing = c.kind === 'refresh';
  for (const [id, weight] of weightsOfError(c.error.error, refreshing)) say(c, id, { weight, text: `The answer is ${c.error.error ?? ''}, which fits this cause.`, specific: false });
  if ((c.error.error === 'access_denied' || c.error.error === null) && c.request?.status === 401) for (const [id, weight] of weightsOfError('unauthorized', refreshing)) say(c, id, { weight, text: 'The token endpoint answers 401: it refuses the client, not the user.', specific: false });
  const read = readingsOf(question.text, refreshing);
  const known = c.recognised ? matchProvider(c.recognised, question) : null;
  const recited = known !== null && known.how === 'pattern' && recites(read, known.match.pattern);
  if (known && c.recognised) sayKnown(c, known.match.entry, trustOf(known.how, recited, c.error.error !== null && isStandardError(c.error.error) && read.some(({ reading }) => reading.some(([, weight]) => weight >= 40))) * (0.5 + c.recognised.confidence / 2), c.recognised.provider.knowledge.name);
  const narrowed = known !== null && known.how !== 'bare' && !recited ? new Set<string>([known.match.entry.cause, ...(known.match.entry.also_possible ?? [])]) : null;
  sayShared(c, question, narrowed, read);
  saySentences(c, question.text, read, narrowed);
  sayNamedParameters(c, read);
  if (known && known.how !== 'bare' && !recited) clearEarlier(c, known.match.entry.cause, grantTypeOf(c.request ?? noRequest) ?? '');
}

const noRequest = { parameters: [] } as unknown as NonNullable<Case['request']>;

function questionOf(c: Case): MatchQuestion {
  const { error } = c;
  const body = c.request?.exchange.response ? utf8Of(c.request.exchange.response.body) : '';
  const markup = error.foundIn === 'html' && /^\s*<(?!!doctype html|html)/i.test(body);
  const parts = [markup ? '' : error.description ?? '', error.subcode ?? ''];
  if (error.error !== null && !isStandardError(error.error)) parts.push(error.error);
  // Servers that put their words elsewhere (message, reason, an error object, a page): read the whole answer instead.
  if (body !== '') parts.push(markup || (error.description ?? '') === '' ? wordsOf(body) : besideDescription(body, error.description ?? ''));
  return {
    // What a program prints of its empty fields (`redirectUri='null'`) is said of nothing.
    error, text: parts.filter((part) => part !== '').join('\n').slice(0, 4000).replace(/\b\w{1,40} ?= ?(?:'null'|"null"|null\b),? ?/g, ''),
    endpoint: c.kind !== 'authorize' ? 'token' : c.request === null ? 'authorize' : 'any',
    grantType: c.kind === 'code' ? 'authorization_code' : c.kind === 'refresh' ? 'refresh_token' : undefined,
  };
}

/** A bare standard error beside a sentence that the provider's list does not know says little; a word of the provider's own says more. */
function trustOf(how: 'subcode' | 'pattern' | 'bare', recited: boolean, reasoned: boolean): number {
  return how === 'bare' ? (reasoned ? 0.3 : 0.72) : recited ? RECITED : 1;
}

/** What a definition still weighs beside a sentence that says more. */
const RECITED = 0.4;

interface Read { sentence: Sentence; reading: Reading; definition: boolean }

function readingsOf(text: string, refreshing: boolean): Read[] {
  return sentencesOf(text).slice(0, 40).map((sentence) => ({ sentence, reading: readSentence(sentence, refreshing), definition: definitionOf(sentence) !== null }));
}

/** Whether the answer has a reason of its own beside the wording of the specification, and the pattern only fits that wording. */
function recites(read: readonly Read[], pattern: RegExp | null): boolean {
  return pattern !== null && saysMore(read) && !read.some(({ sentence, definition }) => !definition && pattern.test(sentence.text));
}

const saysMore = (read: readonly Read[]): boolean => read.some(({ definition }) => definition) && read.some(({ definition, reading }) => !definition && reading.some(([, weight]) => weight >= 40));

function sayKnown(c: Case, entry: KnownError, factor: number, provider: string): void {
  const text = `${provider} ${entry.evidence === 'reported' ? 'is reported to answer' : 'answers'} this for it: ${entry.explanation}`;
  if (isCauseId(entry.cause)) say(c, entry.cause, { weight: Math.round(SPECIFIC[entry.evidence] * factor), text, source: entry.source, specific: true });
  for (const id of entry.also_possible ?? []) if (isCauseId(id)) say(c, id, { weight: Math.round(24 * factor), text: `${provider} gives the same answer for this: ${entry.explanation}`, source: entry.source, specific: false });
}

function sayShared(c: Case, question: MatchQuestion, narrowed: ReadonlySet<string> | null, read: readonly Read[]): void {
  if (c.recognised && c.recognised.confidence >= 0.8) return;
  for (const { entry, provider, pattern } of matchAnyProvider(question)) {
    if (!isCauseId(entry.cause)) continue;
    // A part of a longer text says less than the whole of it.
    const part = (pattern?.exec(question.text)?.[0].length ?? 0) < question.text.length * 0.9 ? 0.7 : 1;
    const factor = (narrowed !== null && !narrowed.has(entry.cause) ? 0.3 : 1) * part * (recites(read, pattern) ? RECITED : 1);
    say(c, entry.cause, { weight: Math.round(48 * factor), text: `The same text is known from ${provider.name}: ${entry.explanation}`, source: entry.source, specific: true });
    for (const id of entry.also_possible ?? []) if (isCauseId(id)) say(c, id, { weight: Math.round(18 * factor), text: `The same text is known from ${provider.name}, which gives it for this too.`, source: entry.source, specific: false });
  }
}

/** “Invalid refresh token: already used”: the word for what became of it says more than the one for what it is now. */
const states: ReadonlySet<CauseId> = new Set(['code_reused', 'code_expired', 'refresh_reused', 'refresh_expired', 'refresh_expired_inactive', 'refresh_revoked', 'refresh_concurrent']);
const vague: ReadonlySet<CauseId> = new Set(['code_invalid', 'code_invalid_or_expired', 'refresh_invalid', 'refresh_invalid_or_revoked']);

function saySentences(c: Case, text: string, read: readonly Read[], narrowed: ReadonlySet<string> | null): void {
  const more = saysMore(read);
  const state = read.some(({ reading, definition }) => !definition && reading.some(([id, weight]) => weight >= 44 && states.has(id)));
  for (const { sentence, reading, definition } of read) {
    for (const [id, weight] of reading) {
      const factor = (narrowed !== null && !narrowed.has(id) ? 0.3 : 1) * (definition && more ? RECITED : 1) * (state && vague.has(id) ? 0.5 : 1);
      say(c, id, { weight: Math.round(weight * factor), text: `The answer says: “${quoted(text, sentence.text)}”`, specific: weight * factor >= 40 });
    }
  }
}

/** Parameters that no cause of their own stands for. */
const parameterName = /\b(?:[a-z]+_){1,3}(?:token|type|code|scope|uri|id|hint|issuer|resource|audience|expires|request)\b/g;
const ownCause = /^(?:client_id|client_type|redirect_uri|callback_uri|grant_type|refresh_token|authorization_code|access_token|id_token|token_type|error_\w+|invalid_\w+|unsupported_\w+)$/;

/** A parameter the answer complains of by name: it was not sent, or was sent with a value the server does not take. */
function sayNamedParameters(c: Case, read: readonly Read[]): void {
  if (c.request === null || c.error.error !== 'invalid_request' || read.some(({ reading }) => reading.some(([id, weight]) => weight >= 40 && (c.kind !== 'other' || !id.startsWith('code_'))))) return;
  const names = new Set((c.error.description ?? '').match(parameterName) ?? []);
  for (const name of [...names].filter((one) => !ownCause.test(one)).slice(0, 4)) {
    const absent = (sent(c.request, name) ?? '') === '';
    if (!absent && !read.some(({ sentence }) => sentence.says('invalid') || sentence.says('malformed') || sentence.says('notAllowed') || sentence.says('mismatch'))) continue;
    say(c, absent && !read.some(({ sentence }) => sentence.says('unneeded')) ? 'missing_parameter' : 'request_malformed', { weight: 46, text: `The answer names ${name}, which was ${absent ? 'not sent' : 'sent with a value it does not take'}.`, specific: true });
  }
}

/** The sentence as the server wrote it, where it can be found again. */
function quoted(text: string, sentence: string): string {
  const original = partsOf(text).find((part) => normalised(part) === sentence) ?? sentence;
  const trimmed = original.trim();
  return trimmed.length > 240 ? `${trimmed.slice(0, 237)}…` : trimmed;
}

function say(c: Case, named: CauseId, said: Said): void {
  // The authorization endpoint has only the registration to compare a redirect URI with.
  const id = c.request === null && named === 'client_credentials_rejected' ? 'client_unknown' : c.kind === 'authorize' && (named === 'redirect_uri_mismatch_token' || named === 'redirect_uri_mismatch_any') ? 'redirect_uri_not_registered' : named;
  const list = c.said.get(id);
  if (list) list.push(said);
  else c.said.set(id, [said]);
}

/** Where the order of checks is known, the check that answered proves the earlier ones passed. */
function clearEarlier(c: Case, cause: string, grantType: string): void {
  for (const order of c.recognised?.provider.knowledge.check_order ?? []) {
    if (order.grant_type !== grantType) continue;
    const reached = order.steps.findIndex((step) => step.includes(cause));
    for (const id of order.steps.slice(0, Math.max(0, reached)).flat()) {
      if (isCauseId(id)) c.cleared.set(id, { source: order.source, text: `${c.recognised?.provider.knowledge.name ?? 'The provider'} checks this before what it complained about, so this check passed.` });
    }
  }
}
