import type { CauseId } from '../cause-ids.ts';
import type { Sentence } from './sentence.ts';
import { clientPhrases, codePhrases, pkcePhrases, redirectPhrases, refreshPhrases } from './phrases-grant.ts';
import { otherPhrases } from './phrases-other.ts';

export type Reading = readonly (readonly [id: CauseId, weight: number])[];

/** Sentences that only repeat a definition of RFC 6749: they name every fault and so name none. */
const definitions: readonly (readonly [RegExp, Reading])[] = [
  [/(?=.*\bgrant\b)(?=.*invalid)(?=.*expired)(?=.*revoked)(?=.*(?:redirect|another client))/, [['grant_unspecified', 50]]],
  [/client authentication (?:has )?(?:failed|invalid).*(?:unknown client|client unknown|no client|unsupported auth)/, [['client_credentials_rejected', 46], ['client_secret_invalid', 18], ['client_unknown', 14], ['client_secret_missing', 12], ['client_auth_method_wrong', 14]]],
  [/missing a required parameter.*(?:unsupported|invalid|repeats|malformed)/, [['missing_parameter', 26], ['request_malformed', 26]]],
  [/scope .*invalid.*(?:unknown|malformed|exceeds)/, [['scope_invalid', 48]]],
  [/not authori[sz]ed to (?:use|request|perform) .*(?:grant type|this method|using this method|auth\w* grant)/, [['grant_type_not_allowed', 50]]],
  [/grant type is not supported by/, [['unsupported_grant_type', 50]]],
  [/server encountered an unexpected/, [['server_error', 48]]],
  [/temporary overloading|temporarily (?:unavailable|overloaded)/, [['server_error', 48]]],
];

/**
 * Reads one sentence of an unknown server by its subject and what is said about it.
 *
 * @param refreshing whether the refused request was a refresh: "token" then means the refresh token, "grant" its grant
 */
export function readSentence(sentence: Sentence, refreshing: boolean): Reading {
  const defined = definitionOf(sentence);
  if (defined) return defined;
  if (isCollective(sentence)) return collective(sentence, refreshing);
  return otherPhrases(sentence, refreshing)
    ?? pkcePhrases(sentence)
    ?? redirectPhrases(sentence)
    ?? refreshPhrases(sentence, refreshing)
    ?? codePhrases(sentence, refreshing)
    ?? clientPhrases(sentence)
    ?? unnamed(sentence, refreshing)
    ?? [];
}

/** What a sentence means that only repeats RFC 6749; null for one that says more. */
export function definitionOf(sentence: Sentence): Reading | null {
  return definitions.find(([expression]) => expression.test(sentence.text))?.[1] ?? null;
}

/** "… has expired" and the like without saying what: it is the grant, which is all such a request hands over. */
function unnamed(s: Sentence, refreshing: boolean): Reading | null {
  if (s.about('user') || s.about('session') || s.about('assertion') || s.about('secret')) return null;
  if (s.says('expired')) return refreshing ? [['refresh_expired', 44], ['refresh_invalid_or_revoked', 20]] : [['code_expired', 44], ['code_invalid_or_expired', 20]];
  if (s.says('used') && /already|before|twice|once/.test(s.text)) return refreshing ? [['refresh_reused', 44]] : [['code_reused', 44], ['code_invalid_or_expired', 20]];
  return s.says('revoked') && refreshing ? [['refresh_revoked', 42], ['refresh_invalid_or_revoked', 20]] : null;
}

/** A sentence about three or more things at once ("client id, redirect uri or code verifier does not match the code"). */
function isCollective(sentence: Sentence): boolean {
  const named = [sentence.about('pkce'), sentence.about('redirect'), sentence.about('code'), sentence.about('client') || sentence.about('secret'), sentence.about('refresh')];
  return named.filter(Boolean).length >= 3 && / or |\/|,/.test(sentence.text) && (sentence.says('mismatch') || sentence.says('invalid') || sentence.says('expired'));
}

function collective(sentence: Sentence, refreshing: boolean): Reading {
  const reading: [CauseId, number][] = [['grant_unspecified', 44]];
  if (refreshing) return [...reading, ['refresh_invalid_or_revoked', 20]];
  if (sentence.about('pkce')) reading.push(['pkce_mismatch', 18]);
  if (sentence.about('redirect')) reading.push(['redirect_uri_mismatch_token', 18]);
  if (sentence.says('expired')) reading.push(['code_expired', 18]);
  if (sentence.says('used')) reading.push(['code_reused', 18]);
  if (sentence.about('client')) reading.push(['code_wrong_client', 14]);
  return reading;
}
