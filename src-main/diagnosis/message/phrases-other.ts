import type { CauseId } from '../cause-ids.ts';
import type { Reading } from './phrases.ts';
import type { Sentence } from './sentence.ts';

type Rule = readonly [when: RegExp, reading: readonly (readonly [CauseId, number])[]];

/** Fixed ways of saying what is not about the code, the token or the client. Order matters: the first that fits is taken. */
const rules: readonly Rule[] = [
  [/too many (?:requests|attempts|calls)|rate ?limit|throttl|slow down|request limit|quota exceeded|loop has been detected/, [['rate_limited', 55]]],
  [/use dpop nonce|dpop|\bjkt\b|proof of possession/, [['dpop_binding', 54]]],
  [/sign ?in frequency/, [['signin_frequency_policy', 54], ['refresh_expired', 14]]],
  [/reauth|re authenticat|rapt\b|session control|fresh (?:login|authentication)/, [['reauth_required', 46], ['session_ended', 20]]],
  [/\bmfa\b|multi ?factor|two factor|2fa|second factor|step ?up|compliant device|device (?:is )?(?:not )?(?:complian|managed|registered)|interaction (?:is )?required|additional verification/, [['mfa_or_policy_interaction', 52], ['reauth_required', 12]]],
  [/conditional access|blocked by .*polic|polic\w* .*(?:block|prevent|forbid|denie|not permit)|ip (?:address|range|restrict)|not allowed from this|\bgeo|location .*not allowed|network zone|admin policy|origin .*not allowed|invalid origin|security (?:policy|restriction)/, [['policy_blocked', 48], ['mfa_or_policy_interaction', 14]]],
  [/(?:user|owner|admin\w*|account).{0,20}(?:has ?n t|has not|have ?n t|have not|never|not yet|did ?n t|did not|must) .{0,12}(?:approv|authori[sz]e|grant|accept)\w* .{0,30}(?:app|application|client|consumer|integration|service|permission|scope)|consent .*(?:required|missing|not|revok|withdrawn|no longer)|(?:not|n t|no|never|without) .*\bconsent|consent required/, [['consent_missing', 50]]],
  [/(?:user|owner|admin\w*|member) .*(?:denied|declined|rejected|refused|cancel)|(?:denied|declined|rejected|cancell?ed) by (?:the )?(?:user|resource owner|end user)|user cancel|denied the request|access denied/, [['user_denied', 42], ['policy_blocked', 14]]],
  [/not assigned|isn t assigned|not (?:been )?granted access to (?:the|this) app|no access to (?:the|this) app|not a member of|lacks? role/, [['user_not_assigned', 50]]],
  [/verified (?:primary )?e ?mail|e ?mail .*(?:not|un)verified|profile .*incomplete|incomplete (?:user|account)|e ?mail address .*(?:missing|required)/, [['user_incomplete', 50]]],
  [/(?:user|owner|customer|merchant|admin\w*|account holder).{0,20}(?:uninstalled|removed|revoked|disconnected|deauthori[sz]ed|withdrew|withdrawn)|(?:app|application|integration|connection) (?:was |has been |is )?(?:uninstalled|disconnected|removed by)/, [['refresh_revoked', 50], ['consent_missing', 20]]],
  [/password .*(?:chang|reset|expir)|(?:chang|reset)\w* .*password|credentials? (?:were|was|have been|has been) (?:changed|reset)/, [['credential_changed', 52], ['refresh_revoked', 14]]],
  [/(?:invalid|incorrect|wrong|bad) (?:user ?name|password|user|login|email)|(?:user ?name|email) (?:or|and|\/) password|user credentials|resource owner credentials (?:are )?invalid|password .*(?:invalid|incorrect|wrong)/, [['user_password_wrong', 50]]],
  [/(?:test(?:ing)?|sandbox|development|dev) mode|test users?|app(?:lication)? .*(?:not (?:been )?verified|unverified|not approved|in development|restricted)|access restricted|admin approval|blocked by admin/, [['app_access_restricted', 46], ['policy_blocked', 18]]],
  [/personal (?:microsoft )?account|work or school|consumer account|account type/, [['wrong_account_type', 46], ['wrong_tenant', 16]]],
  [/(?:user|account) .*(?:not exist|not found|doesn t exist) .*(?:tenant|directory|organi[sz]ation|realm)|added to the directory|not (?:a )?member of (?:the|this) (?:tenant|organi)/, [['user_not_in_tenant', 48], ['wrong_tenant', 18]]],
  [/(?:user|account|identity|resource owner|principal|subject|member) .{0,40}(?:disabled|suspend|lock|deactivat|deleted|blocked|banned|inactive|not active|not found|not exist|no longer exist|doesn t exist|unknown|terminated|(?<!code )invalid|frozen)|(?:disabled|suspended|locked|deleted|inactive|unknown) (?:user|account)|\bno (?:such )?(?:user|account)\b/, [['user_disabled', 48]]],
  [/(?:session|sso).{0,60}(?:expir|not active|not found|invalid|inactive|ended|end|terminat|revok|no longer|timed? out|idle|does ?n|not valid|required|missing)|(?:no|invalid|expired|unknown|inactive) (?:active |user |offline )?session|logged out|signed out|login required|please log ?in again|sign in again/, [['session_ended', 50], ['refresh_expired', 14]]],
  [/(?:nbf|iat|not before).*(?:claim|future|before)|clock|in the future|time ?skew|not yet valid|current date time|check the exp claim|time ?stamp .*(?:range|invalid|expired|old)|issued (?:too far )?in the (?:past|future)/, [['clock_skew', 50], ['assertion_claims', 20]]],
  [/(?:signature|verification|verify).*(?:assertion|\bjwt\b)|(?:assertion|\bjwt\b).*signature/, [['client_secret_invalid', 44], ['assertion_claims', 34], ['clock_skew', 10]]],
  [/(?:client |authentication )?(?:assertion|jwt).*(?:audience|\baud\b|expired|\bexp\b|\biss\b|issuer|\bsub\b|subject|jti|claim|signature|invalid|replay|malformed)|(?:invalid|wrong|bad|missing|expired) (?:client )?(?:assertion|jwt)|(?:\biss\b|issuer|\bsub\b|subject|\baud\b|audience|claim|expir\w+|validity|lifetime|time range).{0,80}\b(?:client |the )?(?:assertion|jwt)\b|\bassertion\b.{0,60}(?:time range|lifetime|validity)|invalid audience|audience .*(?:mismatch|invalid|not match|not accepted|not allowed)/, [['assertion_claims', 46], ['client_secret_invalid', 24], ['clock_skew', 14]]],
  [/content ?type|media type|x www form ?url ?encoded|form ?encoded|json body|request body .*(?:pars|malform|invalid|empty|not)|malformed (?:request|body|json|input)|(?:request|body|input) .*(?:malformed|could not be (?:parsed|read))|unable to parse|pars\w* (?:the )?(?:request|body|input|form)|(?:duplicate|repeated|multiple) (?:parameter|value|field)|parameter .*(?:more than once|duplicat|repeated|multiple)|(?:http|request) method|method not allowed|only (?:accepts? )?post|must be post|accepts? .*requests? received|improperly encoded|badly encoded|url ?encod/, [['request_malformed', 50]]],
  [/(?:not supported|not allowed|not valid|cannot be used|not enabled) .{0,40}(?:common|consumers|organi[sz]ations) .{0,30}endpoints?|tenant specific endpoint|use .{0,30}tenant endpoint/, [['wrong_tenant', 48], ['wrong_account_type', 28]]],
  [/code .*(?:other|another|different|wrong) (?:tenant|realm|issuer|authori[sz]ation server)|(?:tenant|realm|issuer|directory)\b.{0,40}(?:mismatch|not match|not found|unknown|invalid|wrong|does not exist|doesn t exist|differ|not (?:been )?issued)|(?:invalid|unknown|wrong|unexpected) (?:token )?(?:tenant|realm|issuer)|(?:token|grant).{0,20}issuer .{0,30}(?:expected|match|invalid)|not (?:been )?issued (?:for|by) this (?:endpoint|server|tenant|realm|issuer|authori[sz]ation server)|intended .*other tenant/, [['wrong_tenant', 48], ['wrong_environment', 20]]],
  [/sandbox|\bproduction\b|wrong (?:environment|region|data ?cent)|(?:environment|region|data ?cent\w*) .*(?:mismatch|not match|wrong|invalid|different)|not (?:been )?issued for this (?:version|environment)/, [['wrong_environment', 46], ['wrong_tenant', 14]]],
  [/exceed\w* .*scope|scopes? .*(?:exceed|not (?:originally )?granted|beyond|not .*authori[sz]ed)|scope .*(?:missing requested|wider|larger)|missing requested scope/, [['scope_invalid', 50], ['refresh_scope', 20]]],
  [/scopes?\b/, [['scope_invalid', 46], ['consent_missing', 8]]],
  [/internal (?:server )?error|unexpected (?:error|condition)|service (?:is )?unavailable|temporarily unavailable|try again later|something went wrong|bad gateway|gateway time/, [['server_error', 46]]],
];

/** Grant types: which of "not offered here" and "not for this client" it is. */
function grantType(s: Sentence): Reading | null {
  if (!s.about('grantType') || s.about('pkce')) return null;
  if (s.about('client') || /unauthori[sz]ed|not (?:allowed|enabled|permitted|authori[sz]ed)|disabled/.test(s.text)) return [['grant_type_not_allowed', 52], ['unsupported_grant_type', 14]];
  if (s.says('missing') && !s.says('notAllowed') && !s.says('invalid')) return [['missing_parameter', 42], ['unsupported_grant_type', 34], ['request_malformed', 30]];
  if (s.says('notAllowed') || s.says('invalid') || s.says('notFound')) return [['unsupported_grant_type', 50], ['grant_type_not_allowed', 14]];
  return null;
}

/** A named parameter that is missing, when nothing more special is said about it. */
function missing(s: Sentence): Reading | null {
  const named = /(?:missing|required|must (?:contain|include|provide|have)).{0,40}(?:param|field|argument|value|property)|(?:param\w*|field|argument)\b.{0,40}(?:missing|required|not (?:provided|present|supplied)|empty|blank|null)|^(?:missing|no) (?:code|refresh token|client id|grant type|token|required|param)/;
  if (!named.test(s.text) || s.about('pkce') || s.about('redirect') || s.about('secret') || s.about('assertion')) return null;
  return [['missing_parameter', 50], ['request_malformed', 16]];
}

const leavesToOthers = (s: Sentence): boolean => s.about('pkce') || (s.about('redirect') && !/content ?type|encoded/.test(s.text));

/** Everything that is not about the code, the refresh token, the verifier, the redirect URI or the client's credentials; null if it is. */
export function otherPhrases(s: Sentence, refreshing: boolean): Reading | null {
  if (leavesToOthers(s)) return null;
  const type = grantType(s);
  if (type) return type;
  const absent = missing(s);
  if (absent) return absent;
  if (refreshing && s.about('scope') && /exceed|beyond|originally|wider|larger|not (?:been )?granted|superset/.test(s.text)) return [['refresh_scope', 58], ['scope_invalid', 50]];
  for (const [when, reading] of rules) {
    if (when.test(s.text)) return refreshing ? reading : reading.filter(([id]) => !id.startsWith('refresh_') || id === 'refresh_scope');
  }
  return null;
}
