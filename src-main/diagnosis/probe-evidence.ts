import type { Evidence } from '../contract/diagnosis.ts';
import type { RunEventOf } from '../contract/run.ts';
import type { Case } from './case/case.ts';
import { bare } from './case/client.ts';
import { clientIdOf, readTokenRequest } from './case/token-request.ts';
import type { TokenRequest } from './case/token-request.ts';
import { secretOf } from './case/credentials.ts';
import type { CauseId } from './cause-ids.ts';
import { isCauseId } from './cause-ids.ts';
import { DECISIVE, STRONG, WEAK } from './cause.ts';
import { evidence } from './evidence.ts';

type Concluded = RunEventOf<'probe-concluded'>;

/** Ruled out by an answer the server gave to a question put for that purpose. */
const EXCLUDED = -88;

/** How much a probe's answer speaks for the causes it supports. A collection of them is narrowed down by other evidence. */
const SUPPORT: Readonly<Record<Concluded['probe'], number>> = {
  'client-check': 30, introspect: WEAK, 'refresh-once-more': 30, 'fresh-code': WEAK, 'authorized-redirect': DECISIVE, 'discovery-keys': STRONG, 'time-check': WEAK,
};

const ABOUT_CLIENT = new Set<CauseId>([
  'client_secret_invalid', 'client_secret_expired', 'client_secret_missing', 'client_secret_unexpected', 'client_unknown', 'client_credentials_rejected',
  'client_auth_method_wrong', 'client_auth_encoding', 'client_disabled',
]);

/**
 * What the probes of the Run add to each cause, as evidence that points at the probe's own exchange. A probe counts for the request it
 * was made for; one of the client or the clock counts for every request of the same client at the same endpoint.
 */
export function probeEvidence(c: Case): ReadonlyMap<CauseId, Evidence[]> {
  const found = new Map<CauseId, Evidence[]>();
  const add = (id: string, one: Evidence): void => {
    if (!isCauseId(id)) return;
    const list = found.get(id);
    if (list) list.push(one);
    else found.set(id, [one]);
  };
  // The latest answer to a question is the one that counts.
  const latest = new Map(c.state.probes.filter((probe) => counts(c, probe)).map((probe) => [probe.probe, probe]));
  for (const probe of latest.values()) {
    const asked = requestOf(c, probe);
    for (const id of probe.supports) add(id, at(c, probe, SUPPORT[probe.probe], `${probe.finding} ${probe.meaning}`));
    for (const id of probe.excludes) {
      const differs = asked !== null && isCauseId(id) && ABOUT_CLIENT.has(id) ? differenceOf(c, asked) : null;
      if (differs === null) add(id, at(c, probe, excludedBy(c, probe, id), `${probe.finding} ${probe.meaning}`));
      else if (differs.id === id) add(id, at(c, probe, DECISIVE - 2, `${probe.finding} The server accepted ${differs.text}.`));
    }
  }
  return found;
}

function counts(c: Case, probe: Concluded): boolean {
  if (probe.about !== undefined && probe.about === c.request?.exchange.id) return true;
  if (probe.probe === 'time-check') return probe.about === undefined || c.request !== null;
  if (probe.probe !== 'client-check' || c.request === null) return false;
  const asked = requestOf(c, probe);
  return asked !== null && clientIdOf(asked) === clientIdOf(c.request) && bare(asked.exchange.url) === bare(c.request.exchange.url);
}

function requestOf(c: Case, probe: Concluded): TokenRequest | null {
  const recorded = probe.exchangeId === null ? undefined : c.state.exchanges.get(probe.exchangeId);
  return recorded?.exchange.purpose === 'token' ? readTokenRequest(recorded.exchange, recorded.step, 0) : null;
}

/** In what the accepted credentials are other than the refused ones; then the probe convicts instead of clearing. */
function differenceOf(c: Case, asked: TokenRequest): { id: CauseId; text: string } | null {
  if (c.request === null) return null;
  if (clientIdOf(asked) !== clientIdOf(c.request)) return { id: 'client_unknown', text: 'another client_id than the refused request sent' };
  const [then, now] = [secretOf(c.request.credentials), secretOf(asked.credentials)];
  if (then === null && now !== null) return { id: 'client_secret_missing', text: 'the client with a secret, and the refused request sent none' };
  if (then !== null && now === null) return { id: 'client_secret_unexpected', text: 'the client without a secret, and the refused request sent one' };
  if (then !== now) return { id: 'client_secret_invalid', text: 'this client with another secret than the refused request sent' };
  const [before, after] = [c.request.credentials.methods.join(), asked.credentials.methods.join()];
  return before === after ? null : { id: 'client_auth_method_wrong', text: `the credentials sent with ${after}, and the refused request used ${before}` };
}

/** A server known to look at the code before the client has not judged the credentials when it complains about the code. */
function excludedBy(c: Case, probe: Concluded, id: string): number {
  if (probe.probe !== 'client-check') return EXCLUDED;
  const steps = c.recognised?.provider.knowledge.check_order?.find(({ grant_type }) => grant_type === 'authorization_code')?.steps ?? [];
  const [client, code] = [steps.findIndex((step) => step.includes(id)), steps.findIndex((step) => step.includes('code_invalid'))];
  return code >= 0 && client > code ? -WEAK : EXCLUDED;
}

function at(c: Case, probe: Concluded, weight: number, text: string): Evidence {
  const entry = probe.exchangeId ?? `#${probe.seq}`;
  const where = probe.exchangeId === null ? 'probe' : 'response to a probe';
  return evidence(weight, entry, where, text, probe.exchangeId === null ? { part: 'event' } : targetOf(probe), {
    ...(c.request !== null && { values: [['Probe', probe.probe], ['Answer', probe.finding]] as [string, string][] }),
  });
}

function targetOf(probe: Concluded): Evidence['target'] {
  if (probe.probe === 'time-check') return { part: 'response-header', name: 'Date' };
  return probe.probe === 'client-check' ? { part: 'response-body', name: 'error' } : { part: 'response-status' };
}
