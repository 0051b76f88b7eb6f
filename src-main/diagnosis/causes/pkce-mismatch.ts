import { createHash } from 'node:crypto';
import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { sent } from '../case/token-request.ts';
import { DECISIVE, defineCause } from '../cause.ts';
import { atParameter } from '../evidence.ts';
import { isReadable } from '../placeholder.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc7636#section-4.6';

/** BASE64URL(SHA256(ASCII(verifier))), RFC 7636 §4.2. */
export const s256 = (verifier: string): string => createHash('sha256').update(verifier, 'utf8').digest('base64url');

export const pkceMismatch = defineCause({
  id: 'pkce_mismatch', family: 'pkce', scope: 'code',
  title: 'code_verifier does not belong to the code_challenge',
  fix: 'Send the verifier whose S256 hash was the challenge of this very authorization; keep it per state, not in one shared place.',
  tellApart: 'S256 of the verifier beside the challenge.',
  unknowable: 'The authorization request is not recorded, so the challenge the verifier must fit is not known.',
  examine: (c) => compare(c),
});

function compare(c: Case): Evidence[] {
  const verifier = c.request === null ? undefined : sent(c.request, 'code_verifier');
  const challenge = c.authorization?.challenge;
  if (c.request === null || c.kind !== 'code') return [];
  if (verifier === undefined && c.authorization !== null && challenge === undefined) return [atParameter(-90, c.request, 'code_verifier', 'Neither request used PKCE.')];
  if (verifier === undefined) return challenge === undefined ? [] : [atParameter(-80, c.request, 'code_verifier', 'No verifier was sent that could fail to fit.')];
  if (challenge === undefined || !isReadable(verifier) || !isReadable(challenge)) return [];
  const method = c.authorization?.method ?? 'plain';
  const hashed = s256(verifier);
  const expected = method.toUpperCase() === 'S256' ? hashed : verifier;
  const values: [string, string][] = [['S256 of the verifier', hashed], ['code_challenge', challenge], ['code_challenge_method', c.authorization?.method ?? '(not sent, so plain)']];
  if (expected === challenge) return [atParameter(-92, c.request, 'code_verifier', `The verifier fits the challenge (${method}).`, { values, source: SOURCE })];
  return [atParameter(DECISIVE + 1, c.request, 'code_verifier', `The verifier does not fit the code_challenge. ${reason(c, verifier, challenge, method)}`.trim(), { values, source: SOURCE })];
}

function reason(c: Case, verifier: string, challenge: string, method: string): string {
  if (verifier === challenge) return 'Verifier and challenge are the same text although the method is S256: one of them was not hashed, or the challenge was sent in place of the verifier.';
  if (s256(verifier) === challenge) return `The challenge is the S256 hash, but the method was ${c.authorization?.method === undefined ? 'not sent, and without it “plain” holds' : `“${method}”`}.`;
  const digest = createHash('sha256').update(verifier, 'utf8').digest();
  if (digest.toString('base64').replace(/=+$/, '') === challenge.replace(/=+$/, '')) return 'The challenge is the right hash in ordinary base64 (or with padding); base64url without padding is required.';
  if (digest.toString('hex') === challenge.toLowerCase() || Buffer.from(digest.toString('hex')).toString('base64url') === challenge) return 'The challenge is the right hash in hexadecimal; the base64url of its bytes is required.';
  const other = c.authorizations.find((authorization) => authorization !== c.authorization && authorization.challenge === s256(verifier));
  if (other) return `The verifier belongs to another authorization request (${other.entry}) than the one this code came from.`;
  if (s256(verifier.trim()) === challenge) return 'The verifier has white space around it.';
  return '';
}
