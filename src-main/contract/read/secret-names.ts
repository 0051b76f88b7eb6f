import type { SecretKind } from '../marker.ts';

const byName: Readonly<Record<string, SecretKind>> = {
  code: 'authorization_code',
  codeverifier: 'code_verifier',
  clientsecret: 'client_secret',
  clientassertion: 'client_assertion',
  assertion: 'client_assertion',
  accesstoken: 'access_token',
  registrationaccesstoken: 'access_token',
  subjecttoken: 'access_token',
  actortoken: 'access_token',
  refreshtoken: 'refresh_token',
  idtoken: 'id_token',
  idtokenhint: 'id_token',
  logouttoken: 'id_token',
  devicecode: 'device_code',
  authreqid: 'device_code',
  password: 'password',
  passwd: 'password',
  pwd: 'password',
  passcode: 'password',
  otp: 'password',
  pin: 'password',
  authorization: 'authorization',
  samlresponse: 'other',
  response: 'other',
  jsessionid: 'cookie',
};

/** Ends of names that say what they hold, for the many private spellings (x-auth-token, apiKey, csrf_token …). */
const endings: readonly (readonly [string, SecretKind])[] = [
  ['accesstoken', 'access_token'], ['refreshtoken', 'refresh_token'], ['idtoken', 'id_token'], ['clientsecret', 'client_secret'],
  ['password', 'password'], ['codeverifier', 'code_verifier'], ['clientassertion', 'client_assertion'],
  ['token', 'other'], ['secret', 'other'], ['apikey', 'other'], ['subscriptionkey', 'other'], ['privatekey', 'private_key'],
];

/**
 * What a parameter, member or header of that name holds.
 *
 * @param name as decoded; separators and case do not matter (`access_token`, `accessToken`, `X-Access-Token`)
 * @returns `undefined` where the name promises no secret
 */
export function secretKindOf(name: string): SecretKind | undefined {
  if (name.length > 80) return undefined;
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (Object.hasOwn(byName, plain)) return byName[plain];
  return endings.find(([ending]) => plain.endsWith(ending))?.[1];
}

/** `response` is a JARM answer in parameters (https://openid.net/specs/oauth-v2-jarm.html) but an ordinary word everywhere else. */
export const parameterOnly: ReadonlySet<string> = new Set(['code', 'response', 'pin', 'otp']);
