/** What a parameter is for, in one sentence, and where that is written. */
export interface ParameterWords { text: string; section: string }

const words: Readonly<Record<string, ParameterWords>> = {
  response_type: { text: 'What the answer at the redirect brings: a code, or a code with an ID token (hybrid flow).', section: 'RFC 6749 §3.1.1' },
  client_id: { text: 'Which registered client asks.', section: 'RFC 6749 §2.2' },
  redirect_uri: { text: 'Where the browser is sent back to. It must be registered, and the token request repeats it.', section: 'RFC 6749 §3.1.2' },
  scope: { text: 'What access is asked for, words separated by spaces.', section: 'RFC 6749 §3.3' },
  state: { text: 'Comes back unchanged, so that an answer can be matched with this request and a forged one refused.', section: 'RFC 6749 §10.12' },
  nonce: { text: 'Comes back inside the ID token, so that a token of another sign-in is noticed.', section: 'OIDC Core §3.1.2.1' },
  code_challenge: { text: 'The hash of a secret kept here; only who knows the secret can redeem the code (PKCE).', section: 'RFC 7636 §4.3' },
  code_challenge_method: { text: 'How the challenge was made from the verifier: S256 hashes it, plain sends it as it is.', section: 'RFC 7636 §4.3' },
  response_mode: { text: 'How the answer travels: in the query, behind the #, in a posted form, or as a signed JWT.', section: 'OAuth 2.0 Multiple Response Types §2.1' },
  prompt: { text: 'Whether the person is asked again: none, login, consent, select_account.', section: 'OIDC Core §3.1.2.1' },
  max_age: { text: 'How many seconds ago the last sign-in may be; an older one has to be repeated.', section: 'OIDC Core §3.1.2.1' },
  login_hint: { text: 'Who is going to sign in, so that the page can fill in the name.', section: 'OIDC Core §3.1.2.1' },
  ui_locales: { text: 'Languages for the pages of the provider, best first.', section: 'OIDC Core §3.1.2.1' },
  acr_values: { text: 'How strongly the person should be authenticated, in words the provider defines.', section: 'OIDC Core §3.1.2.1' },
  display: { text: 'What kind of page the provider shows.', section: 'OIDC Core §3.1.2.1' },
  id_token_hint: { text: 'An earlier ID token that says whose session is meant.', section: 'OIDC Core §3.1.2.1' },
  claims: { text: 'Which claims are wanted in the ID token and at UserInfo, one by one, as JSON.', section: 'OIDC Core §5.5' },
  resource: { text: 'For which API the access token is wanted; it may stand several times.', section: 'RFC 8707 §2' },
  authorization_details: { text: 'What exactly is to be allowed, as JSON: finer than a scope.', section: 'RFC 9396 §2' },
  request: { text: 'The whole request as a JWT signed by the client, so that nobody can change it on the way.', section: 'RFC 9101 §5.1' },
  request_uri: { text: 'Stands for a request that was handed over before, at the back channel.', section: 'RFC 9126 §4' },
  audience: { text: 'A word of some providers for the API the token is for; the standard one is resource.', section: 'not standardised' },
  access_type: { text: 'A word of Google: offline asks for a refresh token.', section: 'not standardised' },
  dpop_jkt: { text: 'Binds the code to a DPoP key before it is redeemed.', section: 'RFC 9449 §10' },
  grant_type: { text: 'What is being exchanged for tokens.', section: 'RFC 6749 §4.1.3' },
  code: { text: 'The authorization code: good once, for a short time, for this client and redirect URI.', section: 'RFC 6749 §4.1.2' },
  code_verifier: { text: 'The secret whose challenge went with the authorization request (PKCE).', section: 'RFC 7636 §4.5' },
  refresh_token: { text: 'Brings new tokens without the person. Many servers replace it at each use.', section: 'RFC 6749 §6' },
  client_secret: { text: 'The client proves itself with its secret in the body (client_secret_post).', section: 'RFC 6749 §2.3.1' },
  client_assertion: { text: 'The client proves itself with a JWT it signed.', section: 'RFC 7523 §2.2' },
  client_assertion_type: { text: 'Says what kind of assertion it is: a JWT.', section: 'RFC 7523 §2.2' },
  device_code: { text: 'Stands for the sign-in that happens on another device.', section: 'RFC 8628 §3.4' },
  token: { text: 'The token that is asked about or revoked.', section: 'RFC 7009 §2.1, RFC 7662 §2.1' },
  token_type_hint: { text: 'What kind of token it is, so that the server looks in the right place first.', section: 'RFC 7009 §2.1' },
  iss: { text: 'Which server answered, so that an answer of another one is noticed.', section: 'RFC 9207 §2' },
  response: { text: 'The whole answer as a signed JWT (JARM).', section: 'JARM §2.3' },
  error: { text: 'Why there is no code, in a word of the standard.', section: 'RFC 6749 §4.1.2.1' },
  error_description: { text: 'The same in the server\'s own words, for developers.', section: 'RFC 6749 §4.1.2.1' },
  error_uri: { text: 'A page of the provider about the error.', section: 'RFC 6749 §4.1.2.1' },
  id_token: { text: 'The ID token of the hybrid flow; its c_hash belongs to the code beside it.', section: 'OIDC Core §3.3.2.5' },
  session_state: { text: 'Stands for the session at the provider, to notice its end.', section: 'OIDC Session Management §2' },
};

/** What a parameter of a request or an answer is for; `undefined` for one no standard we know names. */
export function parameterWords(name: string): ParameterWords | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
