import { inEnglish } from './foreign-words.ts';

/** What a sentence of an error answer may speak of. Neutral words only: no provider's own phrases. */
export const subjects = {
  pkce: /code ?verifier|\bverifier\b|\bpkce\b|code ?challenge|proof key/,
  challenge: /code ?challenge/,
  verifier: /verifier/,
  redirect: /redirect|callback ur[il]|reply (?:url|address)|return ?ur[il]|redirection/,
  refresh: /refresh ?tokens?|refreshtoken/,
  code: /(?:parameter|field|argument|value) ?:? ?codes?\b(?! ?(?:verifier|challenge))|(?:authori[sz]ation|auth|access|verification|oauth|grant|interaction|temporary|exchange|request|this|the|your|invalid|bad|incorrect|expired|supplied|provided|passed|malformed|missing|unknown|reused|used|of) ?codes?\b(?! ?(?:verifier|challenge))|^codes?\b(?! ?(?:verifier|challenge))|\bcode (?:is|was|has|not|expired|already|invalid|does|doesn|could|must|parameter|passed|param|mismatch|missing|reuse|used|value)/,
  grant: /\bgrants?\b(?! ?types?)|authori[sz]ation (?:is|was|has)/,
  grantType: /grant ?types?|(?:this|oauth|authori[sz]ation(?: code)?|code|implicit|password|client credentials|device) flow\b|use authori[sz]ation grant|authori[sz]ation grant (?:is )?(?:not supported|not allowed|unsupported)|grant .{0,30}(?:not supported|unsupported)|\bgrant (?:authorization ?code|refresh ?token|client credentials|password|[a-z ]{0,24}?not (?:allowed|enabled|permitted))/,
  secret: /client ?secret|\b(?:app)?secrets?\b|api ?key/,
  credentials: /credentials?|client auth|authenticat\w* .{0,20}client|client .{0,30}authenticat/,
  client: /\bclients?\b|\bapplications?\b|\bapp ?id\b|\bapp\b|client ?id|consumer key|relying party|integration key/,
  method: /auth\w* ?(?:scheme|method)|\bmethod\b|basic auth|authorization header|http basic/,
  user: /\busers?\b|\baccounts?\b|resource owner|\bprincipal\b|\bidentity\b|\bmember\b|end user/,
  password: /password|passcode/,
  session: /\bsessions?\b|logged out|log ?out|signed out|sign ?out/,
  scope: /\bscopes?\b|permissions? requested/,
  assertion: /\bassertion\b|\bjwt\b|client jwt|private key jwt|\bjti\b|\baud(?:ience)?\b (?:claim|is|does|mismatch|invalid)|invalid audience/,
  dpop: /\bdpop\b|\bjkt\b|proof of possession|\bcnf\b|holder of key|token binding|certificate thumbprint|x5t/,
  tenant: /\btenants?\b|\brealms?\b|\bdirectory\b|\bissuers?\b|authori[sz]ation server\b|\borgani[sz]ation\b|\bpolicy endpoint\b/,
  environment: /sandbox|production|\benvironment\b|\bregion\b|data ?cent(?:er|re)|\bdemo\b/,
  time: /\bclock\b|\bnbf\b|\biat\b|not before|\bfuture\b|time ?skew|not yet valid|\bdrift\b|time ?stamp/,
  token: /\btokens?\b/,
} as const;
export type Subject = keyof typeof subjects;

/** What a sentence may say about it. */
export const predicates = {
  expired: /expir|no longer valid|too old|time[d]? ?out|lapsed|\bstale\b|lifetime|outdated/,
  inactive: /inactiv(?:e for|ity)|\bidle\b|not been used|unused|not used (?:for|in|within)/,
  used: /already (?:been )?(?:used|redeemed|consumed|exchanged|claimed|spent|processed|invalidated)|used (?:before|twice|more than once|multiple)|\bre ?us(?:e|ed|ing)\b|\brepla(?:y|yed)\b|consumed|previously (?:used|redeemed|consumed)|(?:has|was|been) (?:been )?(?:used|redeemed|exchanged|claimed|spent)\b|only (?:be )?used? once|single use|one ?time|second time|\btwice\b|\bused code\b|rotated|superseded|double spend/,
  revoked: /revok|withdrawn|terminated|deauthori[sz]ed|cancell?ed|invalidated|removed access|uninstalled/,
  mismatch: /mismatch|not match|n t match|not (?:be )?(?:the )?(?:same|equal|identical)|\bdiffer|not correspond|must match|\bunmatch|inconsistent|identical|not (?:been )?(?:issued|belong|granted|intended|bound|meant|assigned)|issued (?:to|for|by) (?:an?other|a different)|another client|other client|different client|not associated|does not belong|incompatible|conflict|\bbelongs? to (?:an?other|a different)|not registered for|cannot be used by|not (?:valid|usable) for this client/,
  notFound: /not (?:be )?found|unknown|cannot find|could not find|does not exist|doesn t exist|not exist|no such|\bno (?:client|user|application|app|account|code|token|grant|session) (?:with|for|by|exists|matching)|unrecogni[sz]ed|not recogni[sz]ed|no longer exist|not registered|unable to find|no .{0,24} found|not known|nonexistent|isn t registered/,
  malformed: /malformed|(?:could not|cannot|can not|can t|unable to|fail(?:ed|ure)? to|error while) (?:be )?(?:decod|decrypt|pars|deseriali[sz]|unpack)|\bcorrupt|garbl|truncat|not a valid|invalid (?:format|length|character|encoding|size)|illegal|bad format|wrong format|padding|too (?:short|long)|at least \d+|between \d+|at most \d+|longer than|shorter than|min(?:imum)? length|must (?:only )?contain only|only contain|base64/,
  invalid: /invalid|not valid|incorrect|\bwrong\b|\bbad\b|\bfail|not accepted|rejected|unacceptable|unverifiable|could not be (?:verified|validated)|not verified|\berroneous|isn t valid|inval\b|not correct/,
  missing: /missing|non ?empty|\brequired\b|\bmust (?:be|contain|include|present|provide|supply|have|send)\b|not (?:be )?(?:provided|present|supplied|specified|included|sent|set|given|passed)|absent|\bempty\b|\bexpect(?:ed|ing|s)\b|\blacks?\b|no .{0,40}(?:provided|present|supplied|specified|included|given|in (?:the )?request)|without|\bneeds?\b|cannot be (?:empty|blank|null)|(?:is|was|parameter) (?:null|blank|undefined)|please (?:provide|include|specify)|mandatory/,
  notAllowed: /not (?:be )?(?:allowed|authori[sz]ed|permitted|enabled|supported|configured|available|implemented|entitled|accepted|granted)|\bunauthori[sz]ed|unsupported|disallowed|forbidden|isn t (?:allowed|enabled|supported|configured)|cannot use|may not|not .{0,12}allowed|(?:doesn t|does not|do not|don t) (?:allow|support|permit|accept)/,
  unneeded: /not (?:needed|expected|required|necessary)|unexpected|should not|shouldn t|must not|was not (?:used|expected|started)|no .{0,20}started|absent from the authori|not present in auth|neither|unneeded|without a? ?(?:code )?challenge|not (?:part of|used in|sent (?:in|with)) the (?:original |initial )?auth/,
  disabled: /disabled|suspended|deactivated|\bdeleted\b|\blocked\b|blocked|banned|not active|\binactive\b|archived|frozen|terminated/,
} as const;
export type Predicate = keyof typeof predicates;

/** One sentence with its findings, each tested at most once. */
export interface Sentence { text: string; about(subject: Subject): boolean; says(predicate: Predicate): boolean }

/** Cuts an answer's text into sentences in small letters, with identifiers as words (`redirect_uri` → "redirect uri"). */
export function sentencesOf(text: string): Sentence[] {
  return partsOf(text.slice(0, 4000)).map((part) => normalised(part)).filter((part) => part !== '').map(sentence);
}

/** The sentences as they were written. A colon before a capital ends one too: servers put a code or a definition before their reason. */
export function partsOf(text: string): string[] {
  return text.split(/(?<=[A-Za-z0-9)"'’])[.!?;](?:\s+(?![Oo]r\b)|$)|(?<=[A-Za-z0-9)]):\s+(?=[A-Z])|[\r\n]+/).filter((part) => part.trim() !== '');
}

/** Registered names of client authentication methods: "client_secret_basic" speaks of the method and not of the secret. */
const methods = /client_?secret_?(basic|post|jwt)|(private)_?key_?jwt|(tls_client)_?auth|token_?endpoint_?(?:client_?)?auth_?method/gi;

/** Splits `camelCase`, `snake_case`, `kebab-case` and `Dotted.Keys`, names authentication methods as such, drops quotes. */
export function normalised(text: string): string {
  return inEnglish(text.replace(methods, ' auth method ').replace(/([a-z])([A-Z][a-z])/g, '$1 $2').replace(/([A-Za-z])\.(?=[A-Z])/g, '$1 ')
    .toLowerCase()).replace(/[_\-"'`´’“”„‘()<>[\]{}，。、！：；（）「」【】]+/g, ' ').replace(/\s+/g, ' ').trim();
}

function sentence(text: string): Sentence {
  const known = new Map<string, boolean>();
  const test = (key: string, expression: RegExp): boolean => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = expression.test(text);
    known.set(key, result);
    return result;
  };
  return {
    text,
    about: (subject) => test(`s:${subject}`, subjects[subject]),
    says: (predicate) => test(`p:${predicate}`, predicates[predicate]),
  };
}
