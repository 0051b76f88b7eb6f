/** One member of a JWT header or of its claims, explained. */
export interface MemberMeaning {
  /** In words, e.g. "Expiration time". */
  title: string;
  /** One sentence. */
  meaning: string;
  /** Where it is defined. */
  section: string;
  /** The value is a point in time, in seconds since 1970. */
  time?: true;
}

const claims: Readonly<Record<string, MemberMeaning>> = {
  iss: { title: 'Issuer', meaning: 'Who made the token; it must equal the configured issuer, character for character.', section: 'RFC 7519 §4.1.1' },
  sub: { title: 'Subject', meaning: 'Whom the token is about; unique only together with the issuer.', section: 'RFC 7519 §4.1.2' },
  aud: { title: 'Audience', meaning: 'For whom the token is meant: the client in an ID token, the API in an access token.', section: 'RFC 7519 §4.1.3' },
  exp: { title: 'Expiration time', meaning: 'From this moment on the token must not be accepted.', section: 'RFC 7519 §4.1.4', time: true },
  nbf: { title: 'Not before', meaning: 'Before this moment the token must not be accepted.', section: 'RFC 7519 §4.1.5', time: true },
  iat: { title: 'Issued at', meaning: 'When the token was made, by the clock of the server.', section: 'RFC 7519 §4.1.6', time: true },
  jti: { title: 'JWT ID', meaning: 'A name for this one token, so that a second use can be noticed.', section: 'RFC 7519 §4.1.7' },
  auth_time: { title: 'Authentication time', meaning: 'When the person last signed in, which can be long before the token was made.', section: 'OIDC Core §2', time: true },
  nonce: { title: 'Nonce', meaning: 'Repeats the value of the authorization request, which ties the token to it.', section: 'OIDC Core §2' },
  acr: { title: 'Authentication context class', meaning: 'How strongly the person was authenticated, by a word of the provider.', section: 'OIDC Core §2' },
  amr: { title: 'Authentication methods', meaning: 'How the person signed in, e.g. pwd, otp, mfa.', section: 'OIDC Core §2' },
  azp: { title: 'Authorized party', meaning: 'The client the token was issued to, where the audience is another or more than one.', section: 'OIDC Core §2' },
  at_hash: { title: 'Access token hash', meaning: 'Half of a hash of the access token that came with it.', section: 'OIDC Core §3.1.3.6' },
  c_hash: { title: 'Code hash', meaning: 'Half of a hash of the authorization code.', section: 'OIDC Core §3.3.2.11' },
  s_hash: { title: 'State hash', meaning: 'Half of a hash of the state value.', section: 'FAPI 1.0 Part 2 §5.1.1' },
  sid: { title: 'Session ID', meaning: 'The session at the provider, used for logout.', section: 'OIDC Front-Channel Logout §3' },
  events: { title: 'Events', meaning: 'What happened; marks a logout token or a security event.', section: 'RFC 8417 §2.2' },
  client_id: { title: 'Client ID', meaning: 'The client that asked for the token.', section: 'RFC 9068 §2.2' },
  scope: { title: 'Scope', meaning: 'What the token allows, words separated by spaces.', section: 'RFC 8693 §4.2' },
  scp: { title: 'Scope', meaning: "Entra's and Okta's name for scope.", section: 'no standard' },
  roles: { title: 'Roles', meaning: 'Roles of the person at the API.', section: 'RFC 9068 §2.2.3.1' },
  groups: { title: 'Groups', meaning: 'Groups the person belongs to.', section: 'RFC 9068 §2.2.3.1' },
  entitlements: { title: 'Entitlements', meaning: 'Single permissions of the person.', section: 'RFC 9068 §2.2.3.1' },
  cnf: { title: 'Confirmation', meaning: 'The key or certificate whose holder alone may use the token (DPoP, mutual TLS).', section: 'RFC 7800 §3.1' },
  act: { title: 'Actor', meaning: 'Who acts on behalf of the subject.', section: 'RFC 8693 §4.1' },
  may_act: { title: 'May act', meaning: 'Who may act on behalf of the subject.', section: 'RFC 8693 §4.4' },
  authorization_details: { title: 'Authorization details', meaning: 'What exactly was granted, as structured data.', section: 'RFC 9396 §9.1' },
  tid: { title: 'Tenant ID', meaning: "Entra's tenant in which the person signed in.", section: 'no standard' },
  oid: { title: 'Object ID', meaning: "Entra's own identifier of the person.", section: 'no standard' },
  ver: { title: 'Version', meaning: 'Version of the token format (Entra, Okta).', section: 'no standard' },
  name: { title: 'Full name', meaning: 'The name of the person for display.', section: 'OIDC Core §5.1' },
  given_name: { title: 'Given name', meaning: 'First name or names.', section: 'OIDC Core §5.1' },
  family_name: { title: 'Family name', meaning: 'Surname or last name.', section: 'OIDC Core §5.1' },
  middle_name: { title: 'Middle name', meaning: 'Middle name or names.', section: 'OIDC Core §5.1' },
  nickname: { title: 'Nickname', meaning: 'Casual name.', section: 'OIDC Core §5.1' },
  preferred_username: { title: 'Preferred user name', meaning: 'A name for display; it can change and is no key for an account.', section: 'OIDC Core §5.1' },
  profile: { title: 'Profile', meaning: 'Address of a page about the person.', section: 'OIDC Core §5.1' },
  picture: { title: 'Picture', meaning: 'Address of a picture of the person.', section: 'OIDC Core §5.1' },
  website: { title: 'Website', meaning: 'Address of a page or blog of the person.', section: 'OIDC Core §5.1' },
  email: { title: 'E-mail', meaning: 'Preferred e-mail address; it can change and is no key for an account.', section: 'OIDC Core §5.1' },
  email_verified: { title: 'E-mail verified', meaning: 'Whether the provider made sure that the address is the person’s.', section: 'OIDC Core §5.1' },
  gender: { title: 'Gender', meaning: 'As the person states it.', section: 'OIDC Core §5.1' },
  birthdate: { title: 'Birthday', meaning: 'Year-month-day, or the year alone.', section: 'OIDC Core §5.1' },
  zoneinfo: { title: 'Time zone', meaning: 'Name from the time zone database.', section: 'OIDC Core §5.1' },
  locale: { title: 'Locale', meaning: 'Language and region, e.g. en-US.', section: 'OIDC Core §5.1' },
  phone_number: { title: 'Telephone number', meaning: 'Preferred telephone number.', section: 'OIDC Core §5.1' },
  phone_number_verified: { title: 'Telephone verified', meaning: 'Whether the provider made sure that the number is the person’s.', section: 'OIDC Core §5.1' },
  address: { title: 'Address', meaning: 'Postal address.', section: 'OIDC Core §5.1.1' },
  htm: { title: 'HTTP method', meaning: 'The method of the one request this proof was made for.', section: 'RFC 9449 §4.2' },
  htu: { title: 'HTTP target', meaning: 'The address of the one request this proof was made for, without query and fragment.', section: 'RFC 9449 §4.2' },
  ath: { title: 'Access token hash', meaning: 'SHA-256 of the access token that the proof goes with.', section: 'RFC 9449 §4.2' },
  toe: { title: 'Time of event', meaning: 'When the event happened.', section: 'RFC 8417 §2.2', time: true },
  txn: { title: 'Transaction', meaning: 'Ties together what belongs to one transaction.', section: 'RFC 8417 §2.2' },
  sub_id: { title: 'Subject identifier', meaning: 'Whom it is about, in a form the receiver can choose from.', section: 'RFC 9493 §4.1' },
  sub_jwk: { title: 'Subject key', meaning: 'The key of a self-issued ID token.', section: 'OIDC Core §7.4' },
  token_introspection: { title: 'Introspection answer', meaning: 'What the server says about the token that was asked about.', section: 'RFC 9701 §5' },
  active: { title: 'Active', meaning: 'Whether the token is good at this moment, for who asks.', section: 'RFC 7662 §2.2' },
  username: { title: 'User name', meaning: 'A readable name of the person who allowed it.', section: 'RFC 7662 §2.2' },
  vct: { title: 'Credential type', meaning: 'What kind of credential it is.', section: 'SD-JWT VC §3.2.2.1' },
  _sd: { title: 'Hidden claims', meaning: 'Hashes of claims that the holder may disclose one by one.', section: 'RFC 9901 §4.2.4.1' },
  _sd_alg: { title: 'Hash of hidden claims', meaning: 'Which hash was used for the hidden claims.', section: 'RFC 9901 §4.1.1' },
  sd_hash: { title: 'Hash of what was disclosed', meaning: 'Ties a proof of the holder to what was disclosed with it.', section: 'RFC 9901 §4.3' },
  status: { title: 'Status', meaning: 'Where to look up whether it is still good.', section: 'Token Status List §6' },
  verified_claims: { title: 'Verified claims', meaning: 'Claims about the person together with how they were verified.', section: 'OIDC for Identity Assurance §5' },
  trust_framework: { title: 'Trust framework', meaning: 'Under which rules the person was verified.', section: 'OIDC for Identity Assurance §5' },
  response_type: { title: 'Response type', meaning: 'What the answer of the authorization brings.', section: 'RFC 9101 §4' },
  redirect_uri: { title: 'Redirect URI', meaning: 'Where the browser is sent back to.', section: 'RFC 9101 §4' },
  state: { title: 'State', meaning: 'Comes back unchanged in the answer.', section: 'RFC 9101 §4' },
  code_challenge: { title: 'Code challenge', meaning: 'The hash of a secret kept by the client (PKCE).', section: 'RFC 7636 §4.3' },
  code_challenge_method: { title: 'Challenge method', meaning: 'How the challenge was made from the verifier.', section: 'RFC 7636 §4.3' },
  code: { title: 'Code', meaning: 'The authorization code, inside a signed answer.', section: 'JARM §2.1' },
  upn: { title: 'User principal name', meaning: "Entra's sign-in name of the person; it can change.", section: 'no standard' },
  idp: { title: 'Identity provider', meaning: 'Which other provider authenticated the person (Entra, Okta).', section: 'no standard' },
  appid: { title: 'Application ID', meaning: "Entra's client id in tokens of version 1.", section: 'no standard' },
  wids: { title: 'Directory roles', meaning: "Entra's tenant-wide roles of the person.", section: 'no standard' },
  gty: { title: 'Grant type', meaning: "Auth0's word for how the token was got.", section: 'no standard' },
  realm_access: { title: 'Realm roles', meaning: "Keycloak's roles of the realm.", section: 'no standard' },
  resource_access: { title: 'Client roles', meaning: "Keycloak's roles at single clients.", section: 'no standard' },
  'allowed-origins': { title: 'Allowed origins', meaning: "Keycloak's list of pages that may use the token by CORS.", section: 'no standard' },
  session_state: { title: 'Session state', meaning: 'Stands for the session at the provider, to notice its end.', section: 'OIDC Session Management §2' },
  updated_at: { title: 'Updated at', meaning: 'When the person’s details last changed.', section: 'OIDC Core §5.1', time: true },
};

const headers: Readonly<Record<string, MemberMeaning>> = {
  alg: { title: 'Algorithm', meaning: 'How the token is signed or its key encrypted; the sender states it, so the receiver must decide which it accepts.', section: 'RFC 7515 §4.1.1' },
  typ: { title: 'Type', meaning: 'What kind of token it is, e.g. JWT or at+jwt.', section: 'RFC 7515 §4.1.9' },
  cty: { title: 'Content type', meaning: 'What the payload is; JWT means a token inside a token.', section: 'RFC 7515 §4.1.10' },
  kid: { title: 'Key ID', meaning: 'Which key of the key set was used.', section: 'RFC 7515 §4.1.4' },
  jku: { title: 'JWK set URL', meaning: 'Where the sender says its keys are; never fetched here.', section: 'RFC 7515 §4.1.2' },
  jwk: { title: 'JSON Web Key', meaning: 'A key the sender brought along; proves nothing and is never used here.', section: 'RFC 7515 §4.1.3' },
  x5u: { title: 'X.509 URL', meaning: 'Where the sender says its certificate is; never fetched here.', section: 'RFC 7515 §4.1.5' },
  x5c: { title: 'X.509 chain', meaning: 'Certificates the sender brought along; never used here.', section: 'RFC 7515 §4.1.6' },
  x5t: { title: 'X.509 thumbprint', meaning: 'SHA-1 of the certificate of the key.', section: 'RFC 7515 §4.1.7' },
  'x5t#S256': { title: 'X.509 thumbprint', meaning: 'SHA-256 of the certificate of the key.', section: 'RFC 7515 §4.1.8' },
  crit: { title: 'Critical', meaning: 'Extensions the receiver must understand or else refuse the token.', section: 'RFC 7515 §4.1.11' },
  b64: { title: 'Encoded payload', meaning: 'false: the payload is signed as it is, not base64url-encoded.', section: 'RFC 7797 §3' },
  url: { title: 'URL', meaning: 'The address the message is for (ACME).', section: 'RFC 8555 §6.4.1' },
  nonce: { title: 'Nonce', meaning: 'A value of the server that makes the message good once.', section: 'RFC 8555 §6.5.2' },
  ppt: { title: 'PASSporT type', meaning: 'Extension of a caller-identity token.', section: 'RFC 8225 §8.1' },
  iss: { title: 'Issuer', meaning: 'Repeats the claim, so that it can be read where the claims are encrypted.', section: 'RFC 7519 §5.3' },
  sub: { title: 'Subject', meaning: 'Repeats the claim, so that it can be read where the claims are encrypted.', section: 'RFC 7519 §5.3' },
  aud: { title: 'Audience', meaning: 'Repeats the claim, so that it can be read where the claims are encrypted.', section: 'RFC 7519 §5.3' },
  epk: { title: 'Ephemeral key', meaning: 'The sender’s one-time key of the key agreement.', section: 'RFC 7518 §4.6.1.1' },
  apu: { title: 'Party U', meaning: 'About the sender, mixed into the key agreement.', section: 'RFC 7518 §4.6.1.2' },
  apv: { title: 'Party V', meaning: 'About the receiver, mixed into the key agreement.', section: 'RFC 7518 §4.6.1.3' },
  iv: { title: 'Initialization vector', meaning: 'Start value with which the key was wrapped.', section: 'RFC 7518 §4.7.1.1' },
  tag: { title: 'Tag', meaning: 'Authentication tag of the wrapped key.', section: 'RFC 7518 §4.7.1.2' },
  p2s: { title: 'Salt', meaning: 'Salt of the password-based key.', section: 'RFC 7518 §4.8.1.1' },
  p2c: { title: 'Rounds', meaning: 'How often the password was hashed; a large number costs the receiver time.', section: 'RFC 7518 §4.8.1.2' },
  trust_chain: { title: 'Trust chain', meaning: 'Statements that lead from the sender to a trust anchor.', section: 'OpenID Federation §4.3' },
  enc: { title: 'Encryption', meaning: 'How the content is encrypted.', section: 'RFC 7516 §4.1.2' },
  zip: { title: 'Compression', meaning: 'How the content was compressed before encryption.', section: 'RFC 7516 §4.1.3' },
};

/** What a claim means; `undefined` for one that no table knows. */
export function claimMeaning(name: string): MemberMeaning | undefined {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

/** What a header member means; `undefined` for one that no table knows. */
export function headerMeaning(name: string): MemberMeaning | undefined {
  return Object.hasOwn(headers, name) ? headers[name] : undefined;
}
