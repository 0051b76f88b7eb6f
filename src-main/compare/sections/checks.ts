import type { Exchange } from '../../contract/exchange.ts';
import { formParameters, messageParts, utf8Of, valueOf } from '../../contract/read/http.ts';
import { clockSkewOf, durationText, isSkewed } from '../../contract/read/clock.ts';
import type { RunState } from '../../contract/read/run-state.ts';
import type { Judged, Line, Seen } from '../rows/line.ts';
import { because, groupsOf, listed, namesOf } from '../rows/sentence.ts';
import type { Unit } from '../steps/units.ts';
import { byNature, telling } from '../tables/spec.ts';
import { line } from './lines.ts';

const specs = {
  redirect: telling('value', { judge: told('both have to be the same, character by character'), why: 'both have to be the same, character by character', section: 'RFC 6749 §4.1.3', topics: ['redirect-uri'] }),
  verifier: telling('value', { judge: told('the server hashes it and compares it with the challenge'), why: 'the server hashes it and compares it with the challenge', section: 'RFC 7636 §4.6', topics: ['pkce'] }),
  use: telling('value', { judge: told('a code is good for one use, and a second one may revoke its tokens'), why: 'a code is good for one use, and a second one may revoke its tokens', section: 'RFC 6749 §4.1.2', topics: ['code'] }),
  refresh: telling('value', { judge: told('a server that rotates takes each refresh token once'), why: 'a server that rotates takes each refresh token once', section: 'RFC 9700 §4.14.2', topics: ['refresh'] }),
  age: telling('duration', {
    why: 'codes live for a short time, ten minutes at most', section: 'RFC 6749 §4.1.2', topics: ['code-age'],
    judge: ({ cells }) => (cells.some(({ fact }) => (fact?.milliseconds ?? 0) > 15_000) ? undefined : { difference: 'expected' }),
  }),
  idle: byNature('duration', { topics: ['refresh'] }),
  clock: telling('value', { why: 'times in tokens and assertions are judged by the server’s clock', topics: ['clock'] }),
  edited: telling('value', { why: 'the request was changed by hand before it went out', topics: ['parameter'] }),
  purpose: telling('value', { why: 'the mistake was made on purpose' }),
} as const;

/** “This code was sent before in A, and is sent for the first time in B”: the facts are sentences already. */
function told(why: string): (seen: Seen) => Judged | undefined {
  return (seen) => {
    if (seen.found !== 'different') return undefined;
    const groups = groupsOf(seen);
    return { difference: 'meaningful', reason: because(`${seen.label} ${listed(groups.map(({ columns, fact }) => `${fact.text} in ${namesOf(columns)}`))}`, why) };
  };
}

/** What a token request is when it is held against the rest of its Run: the values that decide most refusals. */
export function checkLines(run: RunState, unit: Unit, exchange: Exchange): Line[] {
  const parameters = formParameters(utf8Of(messageParts(exchange.request).body));
  const sent = (name: string): string | undefined => valueOf(parameters, name);
  const uses = (name: string): number => (spendingsOf(run).get(spending(name, sent(name) ?? '')) ?? []).filter(({ id, started }) => id !== exchange.id && started <= exchange.times.started).length;
  const authorization = run.authorizations.findLast((one) => one.at <= exchange.times.started) ?? run.authorizations.at(-1);
  const callback = run.callbacks.findLast((one) => valueOf(one.parameters, 'code') === sent('code') && sent('code') !== undefined);
  const lines: Line[] = [];
  const code = sent('code');
  if (code !== undefined) {
    lines.push(line('code-use', 'This code', specs.use, { text: uses('code') === 0 ? 'is sent for the first time' : 'was sent before' }));
    if (callback) {
      const age = Math.max(0, exchange.times.started - callback.at);
      lines.push(line('code-age', 'Age of the code', specs.age, { text: durationText(age), milliseconds: age }));
    }
    if (authorization) lines.push(line('redirect', 'redirect_uri', specs.redirect, { text: compared(sent('redirect_uri'), authorization.redirectUri, 'the one of the authorization request') }));
    if (authorization?.codeVerifier !== undefined || sent('code_verifier') !== undefined) {
      lines.push(line('verifier', 'code_verifier', specs.verifier, { text: authorization?.codeVerifier === undefined ? 'nothing is known to compare it with' : compared(sent('code_verifier'), authorization.codeVerifier, 'the one whose challenge was sent') }));
    }
  }
  const refresh = sent('refresh_token');
  if (refresh !== undefined) {
    const token = run.tokens.find(({ record }) => record.value === refresh);
    const revoked = run.steps.some((step) => step.events.some((event) => event.type === 'token-revoked' && event.tokenId === token?.record.id && event.at <= exchange.times.started));
    lines.push(line('refresh-use', 'This refresh token', specs.refresh, { text: revoked ? 'was revoked before' : uses('refresh_token') === 0 ? 'is sent for the first time' : 'was sent before' }));
    if (token) lines.push(line('refresh-age', 'Age of the refresh token', specs.idle, { text: durationText(exchange.times.started - token.receivedAt), milliseconds: exchange.times.started - token.receivedAt }));
  }
  const skew = clockSkewOf(exchange);
  if (skew) lines.push(line('clock', 'Clocks', specs.clock, isSkewed(skew) ? { text: `the server’s is ${skew.offset > 0 ? 'ahead of' : 'behind'} ours`, reading: `by ${durationText(Math.abs(skew.offset))}` } : { text: 'agree' }));
  if (unit.step.events.some((event) => event.type === 'resumed' && event.edited)) lines.push(line('edited', 'By hand', specs.edited, { text: 'changed before it was sent' }));
  if (unit.step.provocation) lines.push(line('purpose', 'On purpose', specs.purpose, { text: unit.step.provocation.replaceAll('-', ' ') }));
  return lines;
}

interface Spending { id: string; started: number }
const spending = (name: string, value: string): string => `${name} ${value}`;
const known = new WeakMap<RunState, ReadonlyMap<string, readonly Spending[]>>();

/** Which token requests spent a code or refresh token. Read once for a Run: a long one is asked about each of its requests. */
function spendingsOf(run: RunState): ReadonlyMap<string, readonly Spending[]> {
  const before = known.get(run);
  if (before) return before;
  const made = new Map<string, Spending[]>();
  for (const { exchange: { id, purpose, request, times: { started } } } of run.exchanges.values()) {
    if (purpose !== 'token') continue;
    const parameters = formParameters(utf8Of(messageParts(request).body));
    for (const name of ['code', 'refresh_token']) {
      const value = valueOf(parameters, name);
      if (value === undefined) continue;
      const key = spending(name, value);
      const all = made.get(key);
      if (all) all.push({ id, started });
      else made.set(key, [{ id, started }]);
    }
  }
  known.set(run, made);
  return made;
}

function compared(sent: string | undefined, expected: string, same: string): string {
  return sent === undefined ? 'is missing' : sent === expected ? `is ${same}` : `is not ${same}`;
}
