import type { CauseFinding, Evidence } from '../contract/diagnosis.ts';
import type { Case } from './case/case.ts';
import { DEVICE_GRANT, grantTypeOf } from './case/token-request.ts';
import type { Cause, Finding } from './cause.ts';
import type { CauseId } from './cause-ids.ts';
import { evidence } from './evidence.ts';
import { fitOf } from './fit.ts';
import { errorKey } from './message/error-codes.ts';
import { probeEvidence } from './probe-evidence.ts';

interface Judged { cause: Cause; own: Evidence[]; said: Evidence[]; score: number; ruledOut: boolean; unknowable: string; fix: string }

/** From this sum of weights on a cause with evidence counts as likely, if it is not far behind the best one. */
const LIKELY = 38;

/** Lets every cause examine the case, adds what the provider said, eliminates, and ranks. */
export function judge(c: Case, causes: readonly Cause[]): CauseFinding[] {
  const probed = probeEvidence(c);
  const named = namedFamilies(c, causes);
  const judged = causes.map((cause) => weigh(c, cause, probed.get(cause.id) ?? [], named));
  settleCollectives(judged, c.authorization !== null || c.origin !== null);
  giveWay(judged);
  const best = Math.max(0, ...judged.filter(({ ruledOut }) => !ruledOut).map(({ score }) => score));
  // invalid_client says no more than that the client’s authentication failed (RFC 6749 §5.2), and that much is sure where nothing says more.
  const plain = judged.find(({ cause }) => cause.id === 'client_credentials_rejected');
  if (plain !== undefined && !plain.ruledOut && plain.score === best && plain.score >= 28 && errorKey(c.error.error) === 'invalid_client') plain.score = Math.max(plain.score, LIKELY);
  return judged.map((one) => findingOf(one, best)).sort((a, b) => rank(b) - rank(a) || b.score - a.score);
}

function weigh(c: Case, cause: Cause, probed: readonly Evidence[], named: ReadonlySet<string>): Judged {
  const examined: Finding = applies(c, cause) ? asFinding(cause.examine?.(c) ?? []) : { evidence: [notApplicable(c, cause)] };
  const fit = applies(c, cause) ? fitOf(c, cause.family, cause.id) : 1;
  // What is merely absent or odd counts half where the server plainly complains of something else; values that decide do not.
  const aside = named.size > 0 && !named.has(cause.family) ? 0.5 : 1;
  const own = examined.evidence.map((one) => (one.weight > 0 && (fit < 1 || aside < 1) ? { ...one, weight: Math.round(one.weight * fit * (one.weight < DECIDES - 5 ? aside : 1)) } : one));
  // Words about a code say nothing of a refresh: there only a recorded replay counts.
  const said = applies(c, cause) && (cause.scope === 'any' || c.kind !== 'refresh' || cause.scope === 'refresh') ? saidOf(c, cause.id) : [];
  const cleared = c.cleared.get(cause.id);
  if (cleared) own.push(evidence(-60, c.entry, 'response', cleared.text, { part: 'response-body' }, { source: cleared.source }));
  if (applies(c, cause)) own.push(...probed);
  const sum = (list: readonly Evidence[]): number => list.reduce((total, { weight }) => total + weight, 0);
  const strongest = Math.max(0, ...own.map(({ weight }) => weight));
  const rest = sum(own.filter(({ weight }) => weight > 0)) - strongest;
  // Repeated observations of one thing must not outweigh a deciding one: the strongest counts in full, the others by a quarter.
  const score = Math.round(strongest + rest / 4 + sum(own.filter(({ weight }) => weight < 0)) + sum(said));
  const ruledOut = own.some(({ weight }) => weight <= -80) && score < 40;
  return { cause, own, said, score, ruledOut, unknowable: examined.unknowable ?? cause.unknowable, fix: examined.fix ?? cause.fix };
}

/** Parts of the protocol that the answer's own sentence names plainly. */
function namedFamilies(c: Case, causes: readonly Cause[]): Set<string> {
  const families = new Set<string>();
  for (const { id, family } of causes) {
    if (family !== 'unspecified' && (c.said.get(id) ?? []).some(({ specific, weight }) => specific && weight >= 45)) families.add(family);
  }
  return families;
}

const asFinding = (found: Evidence[] | Finding): Finding => (Array.isArray(found) ? { evidence: found } : found);

function applies(c: Case, cause: Cause): boolean {
  if (cause.scope === 'any' || (c.kind === 'other' && !hasOtherGrant(c))) return true;
  // A replayed code can be why the tokens issued from it no longer refresh, and a refusal at the redirect may be about anything.
  if (c.kind === 'other' && aboutDeviceCode.has(cause.id) && c.request !== null && grantTypeOf(c.request) === DEVICE_GRANT) return true;
  return c.kind === 'authorize' ? cause.family !== 'refresh' : cause.scope === c.kind || (cause.id === 'code_reused' && c.kind === 'refresh');
}

/** A device code lives, is spent and belongs to a client as an authorization code does (RFC 8628 §3.2, §3.5). */
const aboutDeviceCode: ReadonlySet<CauseId> = new Set(['code_expired', 'code_reused', 'code_invalid', 'code_invalid_or_expired', 'code_wrong_client']);

/** A grant type of its own (client_credentials, password, an assertion …); a missing or misspelt one may have meant a code. */
function hasOtherGrant(c: Case): boolean {
  const type = c.request === null ? undefined : grantTypeOf(c.request);
  return type !== undefined && (type.startsWith('urn:') || type === 'client_credentials' || type === 'password');
}

function notApplicable(c: Case, cause: Cause): Evidence {
  const what = c.kind === 'code' ? 'redeems an authorization code' : c.kind === 'refresh' ? 'refreshes a token' : c.kind === 'other' ? 'uses another grant' : 'is an authorization request';
  return evidence(-100, c.entry, 'request body parameter grant_type', `The refused request ${what}; this cause belongs to ${cause.scope === 'code' ? 'redeeming a code' : 'refreshing'}.`, { part: 'request-body', name: 'grant_type' });
}

/** The heaviest thing said for a cause; a second source adds a little. */
function saidOf(c: Case, id: CauseId): Evidence[] {
  const said = [...(c.said.get(id) ?? [])].sort((a, b) => b.weight - a.weight).slice(0, 2);
  return said.map(({ weight, text, source }, index) => evidence(
    index === 0 ? weight : Math.round(weight / 8), c.entry, c.request === null ? 'callback parameter error' : 'response body member error',
    text, c.request === null ? { part: 'event' } : { part: 'response-body', name: 'error' }, source === undefined ? {} : { source },
  ));
}

/**
 * A collective answer ("invalid or expired") stands for several causes. Where the recorded values point at one of them,
 * that one comes first; the ones they exclude fall away.
 *
 * @param told whether the requests the grant came from are recorded; without them a slight sign leads nowhere
 */
function settleCollectives(judged: Judged[], told: boolean): void {
  const byId = new Map(judged.map((one) => [one.cause.id, one]));
  for (const collective of judged) {
    if (!collective.cause.members || collective.score <= 0) continue;
    const all = collective.cause.members.map((id) => byId.get(id)).filter((one): one is Judged => one !== undefined);
    const members = all.filter(({ ruledOut }) => !ruledOut);
    // Where the recorded values exclude most of the others, a slight sign is enough to lead.
    const excluded = all.filter(({ ruledOut, own }) => ruledOut && own.every(({ weight }) => weight > -100)).length;
    const enough = excluded >= 4 ? 5 : told || excluded >= 2 ? 10 : 45;
    const pointing = members.filter(({ own }) => own.some(({ weight }) => weight >= enough)).sort((a, b) => b.score - a.score);
    const first = pointing[0];
    // A member the answer names outranks a slight sign of another one.
    if (first === undefined || members.some(({ said, score }) => score > first.score && said.some(({ weight }) => weight >= 46))) continue;
    if (first.score < collective.score) {
      const lent = Math.min(22, collective.score - first.score + 1);
      first.score += lent;
    }
    const plain = first.own.some(({ weight }) => weight >= 40);
    collective.score = Math.min(collective.score, first.score - 2, plain ? LIKELY - 1 : Infinity);
  }
}

/** Own evidence from this weight on compares two values of the requests. */
const DECIDES = 80;

/**
 * Where two recorded values decide, or a sentence names one member, the collective answer has said nothing more; and what rests on
 * less than such values stays a possibility beside them.
 */
function giveWay(judged: Judged[]): void {
  const byId = new Map(judged.map((one) => [one.cause.id, one]));
  const decided = judged.filter(({ own, ruledOut }) => !ruledOut && own.some(({ weight }) => weight >= DECIDES));
  const altered = byId.get('value_altered');
  const top = Math.max(0, ...decided.map(({ score }) => score));
  for (const one of judged) {
    const settled = (one.cause.members ?? []).some((id) => {
      const member = byId.get(id);
      return member !== undefined && !member.ruledOut && (decided.includes(member) || (member.score > one.score + 5 && (member.said.some(({ weight }) => weight >= 46) || member.own.some(({ weight }) => weight >= 50))));
    });
    // Where the difference to what was received is known, that the server does not know the value is only its consequence.
    const consequence = (one.cause.id === 'code_invalid' || one.cause.id === 'refresh_invalid') && altered !== undefined && decided.includes(altered) && !one.own.some(({ weight }) => weight >= DECIDES);
    if (consequence) one.score = Math.min(one.score, altered.score - 1);
    if (settled || (!decided.includes(one) && one.score < top * 0.62)) one.score = Math.min(one.score, LIKELY - 1);
  }
}

const order = { likely: 3, possible: 2, unknowable: 1, 'ruled-out': 0 } as const;
const rank = (finding: CauseFinding): number => order[finding.verdict];

function findingOf(judged: Judged, best: number): CauseFinding {
  const { cause, ruledOut, score } = judged;
  const all = [...judged.own, ...judged.said].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const speaking = all.some(({ weight }) => weight >= HINT);
  const verdict = ruledOut ? 'ruled-out' as const
    : speaking && score >= LIKELY && score >= best * 0.5 ? 'likely' as const
      : speaking && score > 0 ? 'possible' as const
        : all.some(({ weight }) => weight <= -58) && score <= -40 ? 'ruled-out' as const : 'unknowable' as const;
  const deciding = all.find(({ weight }) => (verdict === 'ruled-out' ? weight < 0 : weight > 0));
  return {
    id: cause.id, verdict, title: cause.title,
    why: verdict === 'unknowable' ? judged.own.find(({ weight }) => weight < 0)?.text ?? judged.unknowable : deciding?.text ?? judged.unknowable,
    evidence: all, fix: judged.fix, score,
    ...(cause.tellApart !== undefined && { tellApart: cause.tellApart }),
  };
}

/** An error code alone, or anything of its weight, makes a cause possible. */
const HINT = 5;
