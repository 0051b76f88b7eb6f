import type { Exchange } from '../../contract/exchange.ts';
import { requestParameters, valueOf } from '../../contract/read/http.ts';
import type { RunState, StepState } from '../../contract/read/run-state.ts';
import type { RunEventOf } from '../../contract/run.ts';

/** One thing that was done in a Run: a request with its answer (and those it repeated), an authorization request, or an answer at the redirect. */
export interface Unit {
  /** What it does: `discovery`, `token:refresh_token`, `authorize`, `callback` … Units of one kind are laid side by side. */
  kind: string;
  /** Which sign-in it belongs to: 0 before the first one, then 1, 2 … */
  attempt: number;
  step: StepState;
  /** The one that counts comes last; those before it were repeated (a DPoP nonce, polling). */
  exchanges: Exchange[];
  authorization?: RunEventOf<'authorization-requested'>;
  callback?: RunEventOf<'callback-received'>;
  outcome: string;
  /** `null` where it is not known. */
  milliseconds: number | null;
  refused: boolean;
}

/** Everything that was done, in order; probes and requests sent again come after the fact and are left out. */
export function unitsOf(run: RunState): Unit[] {
  const units: Unit[] = [];
  const refused = new Set(run.refusals.map(({ exchangeId }) => exchangeId));
  const imported = run.started?.origin === 'imported';
  let attempt = 0;
  for (const step of run.steps) {
    if (step.kind === 'probe' || step.kind === 'resend') continue;
    for (const event of step.events) {
      if (event.type === 'authorization-requested') {
        attempt += 1;
        // What was pushed for it belongs to it.
        for (const unit of units) if (unit.kind === 'par' && unit.attempt === attempt - 1 && !units.some((other) => other.kind === 'authorize' && other.attempt === unit.attempt && units.indexOf(other) > units.indexOf(unit))) unit.attempt = attempt;
        units.push({ kind: 'authorize', attempt, step, exchanges: [], authorization: event, outcome: 'sent', milliseconds: null, refused: false });
      } else if (event.type === 'callback-received' && (event.verdict === 'accepted' || event.verdict === 'accepted-error')) {
        units.push({ kind: 'callback', attempt, step, exchanges: [], callback: event, outcome: event.error?.error ?? (event.verdict === 'accepted' ? 'taken' : 'refused'), milliseconds: null, refused: event.verdict === 'accepted-error' });
      } else if (event.type === 'exchange-recorded') {
        // Pages of the front channel, which only an import holds as exchanges, stand for themselves as the events above.
        if (imported && event.exchange.purpose === 'other') continue;
        addExchange(units, event.exchange, step, attempt, refused.has(event.exchange.id));
      }
    }
  }
  return units;
}

function addExchange(units: Unit[], exchange: Exchange, step: StepState, attempt: number, refused: boolean): void {
  const kind = kindOf(exchange);
  const last = units.at(-1);
  const { response, times } = exchange;
  const made = {
    outcome: response === null ? (exchange.failure?.code ?? 'no answer') : String(response.status),
    milliseconds: times.ended > 0 ? times.ended : null, refused,
  };
  const repeats = last?.kind === kind && (last.step === step || (step.kind === 'poll' && last.step.kind === 'poll'));
  if (repeats) Object.assign(last, made, { exchanges: [...last.exchanges, exchange], milliseconds: (last.milliseconds ?? 0) + (made.milliseconds ?? 0) });
  else units.push({ kind, attempt, step, exchanges: [exchange], ...made });
}

function kindOf(exchange: Exchange): string {
  if (exchange.purpose !== 'token') return exchange.purpose;
  return `token:${valueOf(requestParameters(exchange), 'grant_type') ?? 'unknown'}`;
}
