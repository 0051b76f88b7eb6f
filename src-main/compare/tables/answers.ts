import type { Judged, Seen, Spec } from '../rows/line.ts';
import { missingText } from '../rows/judge.ts';
import { because, having, namesOf, without } from '../rows/sentence.ts';
import type { Column } from '../input.ts';
import { byNature, fresh, lifetimes, outward, personal, telling, unnamed, volatile } from './spec.ts';

const life = lifetimes('clients that plan their refreshes by it refresh at another time');

/** Why a token is missing: what was asked for and what was granted. */
function missingToken(word: 'offline_access' | 'openid', why: string): (seen: Seen) => Judged | undefined {
  return (seen) => {
    const absent = without(seen);
    if (absent.length === 0 || having(seen).length === 0) return undefined;
    const asked = absent.filter((column) => scopeAsked(column).includes(word));
    const silent = absent.filter((column) => !scopeAsked(column).includes(word));
    const told = [
      ...(asked.length > 0 ? [`${word} was requested by ${namesOf(asked)} but not granted`] : []),
      ...(silent.length > 0 && having(seen).some((column) => scopeAsked(column).includes(word)) ? [`${namesOf(silent)} did not request ${word}`] : []),
    ];
    return { difference: 'meaningful', reason: because(missingText(seen), told.length > 0 ? told.join('; ') : why) };
  };
}

function scopeAsked({ run, environment }: Column): string[] {
  const asked = run?.authorizations.at(-1)?.parameters.find(({ name }) => name === 'scope')?.value ?? environment?.scope ?? '';
  return asked.split(' ');
}

const members: Readonly<Record<string, Spec>> = {
  access_token: telling('shape', { why: 'an API that reads JWTs cannot read an opaque token, and the other way round', section: 'RFC 9068 §2' }),
  refresh_token: fresh({ judge: missingToken('offline_access', 'without it the person has to sign in again when the access token ends'), section: 'RFC 6749 §5.1', topics: ['refresh', 'scope'] }),
  id_token: fresh({ judge: missingToken('openid', 'it says who signed in'), section: 'OIDC Core §3.1.3.3', topics: ['scope'] }),
  token_type: telling('value', { why: 'it says how the token is to be sent', section: 'RFC 6749 §7.1', topics: ['proof'] }),
  expires_in: telling('duration', { judge: life, section: 'RFC 6749 §5.1', topics: ['refresh'] }),
  refresh_expires_in: telling('duration', { judge: life, topics: ['refresh'] }),
  refresh_token_expires_in: telling('duration', { judge: life, topics: ['refresh'] }),
  ext_expires_in: byNature('duration'), 'not-before-policy': byNature(), session_state: byNature('presence'),
  scope: telling('set', { why: 'this is what was granted, which need not be what was asked for', section: 'RFC 6749 §5.1', topics: ['scope'] }),
  error: telling('value', { why: 'the answers are different refusals', section: 'RFC 6749 §5.2' }),
  error_description: byNature(), error_uri: byNature(), error_codes: telling('json'), error_subtype: telling('value'), suberror: telling('value'),
  timestamp: byNature(), trace_id: byNature(), correlation_id: byNature(), request_id: byNature(),
  request_uri: fresh({ section: 'RFC 9126 §2.2' }), device_code: fresh(), user_code: fresh(), verification_uri_complete: fresh(),
  verification_uri: telling('url', { section: 'RFC 8628 §3.2' }), interval: telling('duration', { section: 'RFC 8628 §3.2' }),
  active: telling('value', { why: 'the server says whether the token still works', section: 'RFC 7662 §2.2', topics: ['refresh'] }),
  code: fresh({ why: 'there is nothing to redeem without it', section: 'RFC 6749 §4.1.2', topics: ['code'] }),
  state: fresh({ why: 'the answer has to bring back what was sent', section: 'RFC 6749 §4.1.2' }),
  iss: telling('url', { why: 'it names the server that answered', section: 'RFC 9207 §2', topics: ['issuer'] }),
  response: fresh({ section: 'JARM §2.3' }),
  keys: byNature('json'),
};

const plain = unnamed('value', { judge: personalOrVolatile });

function personalOrVolatile(seen: Seen): Judged | undefined {
  // Counters and times of providers' own; what decides something is written in words.
  const facts = seen.cells.flatMap(({ fact }) => (fact === null ? [] : [fact]));
  if (without(seen).length === 0 && seen.found !== 'same' && facts.every(({ text }) => /^-?\d+(?:\.\d+)?$/.test(text))) return { difference: 'expected' };
  return personal(seen) ?? volatile(seen);
}

/** How a member of an answer, or a parameter at the redirect, is compared. */
export const memberSpec = (name: string): Spec => (Object.hasOwn(members, name) ? (members[name] as Spec) : plain);
export const MEMBERS = Object.keys(members);

const head: Readonly<Record<string, Spec>> = {
  'content-type': telling('value', { why: 'a client reads the body the way this says', section: 'RFC 6749 §5.1', topics: ['format'] }),
  'cache-control': telling('set', { why: 'a token answer that may be stored can be handed to somebody else', section: 'RFC 6749 §5.1' }),
  location: telling('url', { why: 'the request was sent on instead of being answered', section: 'RFC 9110 §15.4', topics: ['endpoint'] }),
  'www-authenticate': telling('value', { why: 'the server says how it wants to be asked', section: 'RFC 9110 §11.6.1', topics: ['client-auth', 'proof'] }),
  'retry-after': telling('presence', { why: 'the server asks for patience', section: 'RFC 9110 §10.2.3', topics: ['limits'] }),
  'dpop-nonce': fresh({ why: 'the next proof has to carry it', section: 'RFC 9449 §8', topics: ['proof'] }),
  'content-encoding': outward(), 'content-length': byNature(), 'transfer-encoding': outward(), connection: outward(), 'keep-alive': outward(),
};

/** How a response header is compared: only those a client acts on can be meaningful. */
export const responseHeaderSpec = (name: string): Spec => (Object.hasOwn(head, name) ? (head[name] as Spec) : byNature());
export const RESPONSE_HEADERS = Object.keys(head);
