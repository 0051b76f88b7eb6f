import type { Reading } from './phrases.ts';
import type { Sentence } from './sentence.ts';

type Reader = (s: Sentence) => Reading | null;

/** code_verifier and code_challenge (RFC 7636 §4). */
export const pkcePhrases: Reader = (s) => {
  if (!s.about('pkce')) return null;
  if (/challenge ?method|transform/.test(s.text) && (s.says('notAllowed') || s.says('invalid') || s.says('malformed') || s.says('missing') || /must be|plain|s256/.test(s.text))) return [['pkce_malformed', 48], ['pkce_required', 12]];
  if (s.says('unneeded') && s.about('verifier') && !/mismatch|not match/.test(s.text)) return [['pkce_unexpected_verifier', 50]];
  if (s.says('malformed') && !/not match|mismatch/.test(s.text)) return [['pkce_malformed', 48], ['pkce_mismatch', 18], ['pkce_verifier_missing', 10]];
  if (/mismatch|n t match|not match|failed (?:pkce|code ?challenge|verif)|(?:pkce|challenge) .{0,24}fail|not correspond|differ|verification failed|failed verification|not equal|could not be verified|validation failed|failed to (?:verify|validate)|not (?:the )?same/.test(s.text)) return [['pkce_mismatch', 55], ['pkce_verifier_missing', 12]];
  if (s.about('verifier') && s.says('missing') && !/invalid/.test(s.text)) return [['pkce_verifier_missing', 52]];
  if (s.says('missing') || /\brequires?\b|enforce|mandatory/.test(s.text)) return s.about('verifier') ? [['pkce_verifier_missing', 46], ['pkce_mismatch', 18]] : [['pkce_required', 50], ['pkce_verifier_missing', 12]];
  if (s.about('code') && / or /.test(s.text)) return [['code_invalid_or_expired', 36], ['pkce_mismatch', 34], ['code_reused', 14], ['code_expired', 14]];
  return s.about('verifier') || !s.about('challenge') ? [['pkce_mismatch', 46], ['pkce_malformed', 16], ['pkce_verifier_missing', 14]] : [['pkce_malformed', 34], ['pkce_mismatch', 24]];
};

export const redirectPhrases: Reader = (s) => {
  if (!s.about('redirect')) return null;
  if (/\bhttp\b.*not (?:allowed|secure)|unauthori[sz]ed (?:redirect|callback)|(?:redirect|callback) ?ur[il]s? .{0,60}(?:is |are )?not (?:been )?(?:allowed|authori[sz]ed|permitted|configured|whitelisted|approved|trusted|known|recogni[sz]ed)|not (?:an? )?(?:allowed|authori[sz]ed|permitted|valid registered|whitelisted|approved) (?:redirect|callback)|must (?:use|be) https|not registered|unregistered|whitelist|allow ?list|pre ?registered|registered (?:with|for|redirect|callback|url|uri|value)|configured for|not in the list|match the registered|client redirect/.test(s.text)) return [['redirect_uri_not_registered', 48], ['redirect_uri_mismatch_token', 20], ['redirect_uri_mismatch_any', 14]];
  if (/(?:original|initial|authori[sz]e|authori[sz]ation|auth|first|previous|earlier|oauth dialog) ?(?:request|code|call|endpoint)?|when requesting|used (?:in|to obtain)|saved|stored/.test(s.text) && (s.says('mismatch') || s.says('invalid'))) return [['redirect_uri_mismatch_token', 54], ['redirect_uri_missing', 14]];
  if (s.says('missing') && !s.says('mismatch') && !/invalid,|or invalid|invalid or/.test(s.text)) return [['redirect_uri_missing', 50], ['redirect_uri_mismatch_token', 22]];
  if (s.says('mismatch')) return [['redirect_uri_mismatch_token', 40], ['redirect_uri_mismatch_any', 38], ['redirect_uri_not_registered', 26]];
  return [['redirect_uri_mismatch_any', 42], ['redirect_uri_mismatch_token', 34], ['redirect_uri_not_registered', 26], ['redirect_uri_missing', 14]];
};

const someFaults = (s: Sentence): number =>
  [s.says('expired'), s.says('used'), s.says('revoked'), s.says('invalid') || s.says('notFound') || s.says('malformed')].filter(Boolean).length;

export const refreshPhrases = (s: Sentence, refreshing: boolean): Reading | null => {
  const about = s.about('refresh') || (refreshing && (s.about('token') || s.about('grant')) && !s.about('grantType') && !s.about('secret'));
  if (!about || (s.about('code') && !refreshing)) return null;
  if (/concurrent|simultaneous|in progress|at the same time|parallel|race/.test(s.text)) return [['refresh_concurrent', 52], ['refresh_reused', 24]];
  if (/\bre ?us(?:e|ed|ing)\b/.test(s.text) && !s.says('expired')) return [['refresh_reused', 54], ['refresh_concurrent', 14]];
  if (/limit|too many|maximum number|exceed/.test(s.text) && !s.about('scope')) return [['refresh_limit', 42], ['rate_limited', 20]];
  if (s.says('inactive')) return [['refresh_expired_inactive', 52], ['refresh_expired', 16]];
  if (s.says('mismatch') && (s.about('client') || /issued to|belong/.test(s.text)) && !(s.says('invalid') && / or /.test(s.text))) return [['refresh_wrong_client', 52]];
  if (s.says('missing') && !s.says('invalid') && !s.says('expired')) return [['missing_parameter', 46], ['refresh_invalid', 12]];
  if (someFaults(s) > 1 && / or |,|\//.test(s.text)) {
    return [['refresh_invalid_or_revoked', 46], ['refresh_expired', s.says('expired') ? 20 : 10], ['refresh_revoked', s.says('revoked') ? 20 : 10], ['refresh_reused', s.says('used') ? 22 : 14], ['refresh_invalid', 12]];
  }
  if (s.says('used')) return [['refresh_reused', 54], ['refresh_concurrent', 14]];
  if (s.says('revoked')) return [['refresh_revoked', 50], ['refresh_reused', 18], ['credential_changed', 10]];
  if (s.says('expired')) return [['refresh_expired', 50], ['refresh_expired_inactive', 22], ['session_ended', 10]];
  if (s.says('malformed') || /cannot (?:be )?decod/.test(s.text)) return [['refresh_invalid', 50], ['value_altered', 16]];
  if (s.says('disabled')) return [['refresh_expired', 24], ['refresh_revoked', 24], ['session_ended', 20], ['refresh_invalid_or_revoked', 30]];
  if (s.says('notAllowed')) return [['grant_type_not_allowed', 36], ['refresh_invalid', 14]];
  if (s.says('notFound')) return [['refresh_invalid', 38], ['refresh_invalid_or_revoked', 36], ['refresh_reused', 20], ['refresh_revoked', 16]];
  if (s.says('mismatch')) return [['refresh_invalid', 30], ['refresh_wrong_client', 30], ['wrong_environment', 10]];
  if (s.says('invalid')) return [['refresh_invalid_or_revoked', 40], ['refresh_invalid', 36], ['refresh_reused', 18], ['refresh_expired', 14], ['refresh_revoked', 14]];
  return null;
};

export const codePhrases = (s: Sentence, refreshing: boolean): Reading | null => {
  const about = s.about('code') || (!refreshing && (s.about('grant') || s.about('token')) && !s.about('grantType') && !s.about('secret') && !s.about('client'))
    || (!refreshing && s.about('grant') && !s.about('grantType') && s.says('mismatch'));
  if (!about) return null;
  if (s.about('grant') && !s.about('code') && !s.about('token') && s.says('invalid') && someFaults(s) === 1) return [['grant_unspecified', 42], ['code_invalid_or_expired', 26], ['code_reused', 12], ['code_expired', 12]];
  if (s.says('mismatch') && s.says('invalid') && /\binvalid or\b/.test(s.text)) return [['code_invalid_or_expired', 42], ['code_wrong_client', 34], ['code_invalid', 30], ['code_reused', 16]];
  if (s.says('mismatch') && (s.about('client') || /issued (?:to|for)|belong/.test(s.text)) && !s.says('expired')) return s.about('tenant') ? [['wrong_tenant', 46], ['code_wrong_client', 16]] : [['code_wrong_client', 52]];
  if (s.says('mismatch') && s.about('tenant')) return [['wrong_tenant', 50]];
  if (/parameter|param\b|field/.test(s.text) && s.says('missing') && !s.says('invalid')) return [['missing_parameter', 48]];
  if (/missing|not (?:provided|present|supplied|specified|included)|is required|no code|empty/.test(s.text) && someFaults(s) === 0) return [['missing_parameter', 46]];
  if (someFaults(s) > 1) {
    return [['code_invalid_or_expired', 46], ['code_reused', s.says('used') ? 22 : 16], ['code_expired', s.says('expired') ? 20 : 8], ['code_invalid', 12]];
  }
  if (s.says('used')) return [['code_reused', 56]];
  if (s.says('expired')) return [['code_expired', 52]];
  // A code that was live and is no longer has been redeemed; where it timed out servers say expired.
  if (s.says('disabled') || /invalidated/.test(s.text)) return [['code_reused', 46], ['code_invalid_or_expired', 40], ['code_expired', 20]];
  if (s.says('revoked')) return [['code_reused', 30], ['code_invalid_or_expired', 26], ['refresh_revoked', 10]];
  if (s.says('malformed')) return [['code_invalid', 50], ['value_altered', 22]];
  if (s.says('notFound')) return [['code_invalid', 38], ['code_invalid_or_expired', 34], ['code_reused', 22], ['code_expired', 14], ['server_state_lost', 10]];
  if (s.says('invalid') || s.says('mismatch')) return [['code_invalid_or_expired', 40], ['code_invalid', 34], ['code_reused', 22], ['code_expired', 16]];
  return null;
};

export const clientPhrases: Reader = (s) => {
  if (s.about('secret')) {
    if (s.says('expired')) return [['client_secret_expired', 54], ['client_secret_invalid', 14]];
    if (s.says('unneeded') || /neither/.test(s.text)) return [['client_secret_unexpected', 50], ['client_type_mismatch', 18]];
    if (/encod|escap/.test(s.text)) return [['client_auth_encoding', 48], ['client_secret_invalid', 20]];
    if (s.about('client') && /client ?id (?:and or|and|or) (?:client ?)?secret|id or secret|id and secret/.test(s.text)) return s.says('missing') ? [['client_secret_missing', 48]] : [['client_credentials_rejected', 46], ['client_secret_invalid', 24], ['client_unknown', 18]];
    if (s.says('missing') && !/invalid|incorrect|wrong/.test(s.text)) return [['client_secret_missing', 52], ['client_auth_method_wrong', 16]];
    return [['client_secret_invalid', 52], ['client_credentials_rejected', 16]];
  }
  if (s.about('method') && (s.about('client') || s.about('credentials') || /auth/.test(s.text)) && (s.says('notAllowed') || s.says('mismatch') || s.says('invalid') || s.says('missing') || /multiple|more than one/.test(s.text))) return [['client_auth_method_wrong', 50], ['client_credentials_rejected', 14]];
  if (s.about('method') && s.about('client') && /\bbut\b|instead|\bonly\b|however|configured|registered/.test(s.text)) return [['client_auth_method_wrong', 50], ['client_credentials_rejected', 14]];
  if (/(?:multiple|more than one) .*(?:client|auth|credential)/.test(s.text)) return [['client_auth_method_wrong', 46], ['request_malformed', 24]];
  if (s.about('credentials')) {
    if ((s.says('missing') || /credentials? (?:were |was |are |is )?not (?:be )?found/.test(s.text)) && !s.says('invalid')) return [['client_secret_missing', 46], ['client_auth_method_wrong', 18]];
    return [['client_credentials_rejected', 44], ['client_secret_invalid', 30], ['client_auth_method_wrong', 16], ['client_unknown', 14]];
  }
  if (/\bonly .{0,40}(?:apps?|applications?|clients?) (?:may|can|are|is)\b/.test(s.text)) return [['client_type_mismatch', 48], ['grant_type_not_allowed', 30]];
  if (!s.about('client')) return null;
  if (/public client|confidential client|client type|single page|\bspa\b|native app|web app/.test(s.text)) return [['client_type_mismatch', 44], ['client_secret_unexpected', 14], ['client_secret_missing', 12]];
  if (s.says('disabled') && !s.says('notFound')) return [['client_disabled', 50]];
  if (/client ?id/.test(s.text) && s.says('missing') && !s.says('invalid') && !s.says('notFound')) return [['missing_parameter', 44], ['client_secret_missing', 14]];
  if (s.says('notFound')) return [['client_unknown', 52], ['wrong_environment', 14], ['wrong_tenant', 14]];
  if (s.says('notAllowed')) return [['grant_type_not_allowed', /not (?:allowed|authori[sz]ed|permitted|enabled|configured|entitled|set up|registered) (?:to|for)\b/.test(s.text) ? 46 : 30], ['client_credentials_rejected', 24], ['client_type_mismatch', 14]];
  if (s.says('mismatch')) return [['code_wrong_client', 34], ['client_unknown', 18]];
  if (s.says('invalid') && /(?:client|app|application) ?id\b/.test(s.text)) return [['client_unknown', 46], ['client_credentials_rejected', 26]];
  if (s.says('invalid')) return /^(?:\w+ )?(?:this is an )?(?:invalid client|client (?:is )?invalid)$/.test(s.text) ? [['client_credentials_rejected', 38], ['client_unknown', 26], ['client_secret_invalid', 20]] : [['client_unknown', 36], ['client_credentials_rejected', 34], ['client_secret_invalid', 20]];
  return null;
};
