import type { Judged, Seen, Spec } from '../rows/line.ts';
import { having, without } from '../rows/sentence.ts';
import { byNature, fresh, ofRegistration, telling, unnamed } from './spec.ts';

const asked = 'RFC 6749 §4.1.1';

/** A secret or a credential: the same one is the same marker. In another registration it is another one, as it must be. */
export const credential = (why: string): Spec => telling('identity', { why, section: 'RFC 6749 §2.3', topics: ['client-auth'], judge: ofRegistration });

/** A client that is named in the Authorization header need not be named in the body (RFC 6749 §2.3.1). */
function namedElsewhere(seen: Seen): Judged | undefined {
  const absent = without(seen);
  return absent.length > 0 && having(seen).length > 0 && absent.every(({ client }) => client !== null && client.authMethod === 'client_secret_basic') ? { difference: 'expected' } : undefined;
}

const table: Readonly<Record<string, Spec>> = {
  client_id: telling('value', { why: 'codes and refresh tokens are bound to the client they were issued to', section: 'RFC 6749 §2.2', topics: ['client-id'], judge: (seen) => namedElsewhere(seen) ?? ofRegistration(seen) }),
  client_secret: credential('a server that knows another secret refuses the client'),
  client_assertion: fresh({ why: 'the client proves itself with it', section: 'RFC 7523 §2.2', topics: ['client-auth', 'assertion'] }),
  client_assertion_type: telling('value', { why: 'it says how the assertion is to be read', section: 'RFC 7523 §2.2', topics: ['client-auth', 'assertion'] }),
  redirect_uri: telling('url', { why: 'servers compare it character by character with the registered one and with that of the authorization request', section: 'RFC 6749 §4.1.3', topics: ['redirect-uri'] }),
  scope: telling('set', { why: 'what is not asked for is not granted', section: 'RFC 6749 §3.3', topics: ['scope'] }),
  state: fresh({ why: 'without it a forged answer is not noticed', section: 'RFC 6749 §10.12', topics: ['parameter'] }),
  nonce: fresh({ why: 'without it a replayed ID token is not noticed', section: 'OIDC Core §3.1.2.1', topics: ['parameter'] }),
  code: fresh({ why: 'there is nothing to redeem without it', section: 'RFC 6749 §4.1.3', topics: ['code', 'parameter'] }),
  code_verifier: fresh({ why: 'a code that was asked for with a challenge is redeemed only with its verifier, and one without is not', section: 'RFC 7636 §4.5', topics: ['pkce', 'parameter'] }),
  code_challenge: fresh({ why: 'it decides whether the token request needs a code_verifier', section: 'RFC 7636 §4.3', topics: ['pkce', 'parameter'] }),
  code_challenge_method: telling('value', { why: 'the server hashes the verifier the way this says', section: 'RFC 7636 §4.3', topics: ['pkce'] }),
  refresh_token: fresh({ why: 'there is nothing to refresh without it', section: 'RFC 6749 §6', topics: ['refresh', 'parameter'] }),
  device_code: fresh({ section: 'RFC 8628 §3.4', topics: ['code', 'parameter'] }),
  token: fresh({ section: 'RFC 7662 §2.1' }),
  token_type_hint: telling('value', { why: 'a server may look only where the hint points', section: 'RFC 7009 §2.1' }),
  grant_type: telling('value', { why: 'it decides what the server does, and whether this client may', section: 'RFC 6749 §4.1.3', topics: ['grant-type'] }),
  response_type: telling('value', { why: 'it decides what comes back to the redirect URI', section: asked, topics: ['response-type'] }),
  response_mode: telling('value', { why: 'it decides how the answer travels', section: 'OAuth 2.0 Multiple Response Types §2.1', topics: ['response-type'] }),
  prompt: telling('value', { why: 'some servers hand out a refresh token only after consent was asked for again', section: 'OIDC Core §3.1.2.1', topics: ['scope', 'refresh'] }),
  access_type: telling('value', { why: 'Google gives a refresh token only for offline', topics: ['scope', 'refresh'] }),
  max_age: telling('value', { why: 'an older sign-in has to be repeated', section: 'OIDC Core §3.1.2.1', topics: ['user'] }),
  acr_values: telling('value', { why: 'it asks for a stronger or weaker sign-in', section: 'OIDC Core §3.1.2.1', topics: ['user'] }),
  claims: telling('json', { why: 'it decides which claims come back', section: 'OIDC Core §5.5' }),
  resource: telling('url', { why: 'the access token is for this API, and a later request may not name another', section: 'RFC 8707 §2', topics: ['resource'] }),
  audience: telling('url', { why: 'the access token is for this API', topics: ['resource'] }),
  authorization_details: telling('json', { why: 'it decides what is granted', section: 'RFC 9396 §2', topics: ['scope'] }),
  request: fresh({ why: 'parameters inside a signed request go before those beside it', section: 'RFC 9101 §5.1', topics: ['parameter'] }),
  request_uri: fresh({ why: 'it stands for a request that was pushed before', section: 'RFC 9126 §4', topics: ['parameter'] }),
  dpop_jkt: fresh({ why: 'it binds the code to a key', section: 'RFC 9449 §10', topics: ['proof'] }),
  assertion: fresh({ section: 'RFC 7521 §4.1', topics: ['assertion', 'parameter'] }),
  subject_token: fresh({ section: 'RFC 8693 §2.1', topics: ['parameter'] }),
  actor_token: fresh({ section: 'RFC 8693 §2.1', topics: ['parameter'] }),
  login_hint: byNature(), id_token_hint: byNature('presence'), ui_locales: byNature(), display: byNature(),
  username: byNature(), password: telling('identity', { why: 'it is the person’s own', topics: ['user'] }),
};

const other = unnamed('value', { why: 'no specification names this parameter, but the server may act on it', topics: ['parameter'] });

/** How a request parameter is compared. */
export const parameterSpec = (name: string): Spec => (Object.hasOwn(table, name) ? (table[name] as Spec) : other);
export const PARAMETERS = Object.keys(table);
