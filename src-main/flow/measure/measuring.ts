import type { Claim, Exchange, MeasurePlan, Observation, Problem, Question, RunState, TokenState } from '../../contract/index.ts';
import type { FlowContext } from '../context.ts';
import { pause } from '../pause.ts';
import type { Sleeps } from '../sleeps.ts';
import { authorize } from '../steps/authorize.ts';
import type { AuthorizedCode } from '../steps/authorize.ts';
import { exchangeStep } from '../steps/exchange.ts';
import type { Moments } from './ages.ts';
import { ageAt, momentsIn } from './ages.ts';

export interface MeasurePorts {
  sleeps: Sleeps;
  /** Waits for the person's yes to opening the browser; resolves at once while they are there, and when the signal fires. */
  mayOpenBrowser(runId: string, cancel: AbortSignal): Promise<void>;
  /** How long the provider's codes are known to live. */
  codeLimit(state: RunState): Claim | null;
}

/** A look later than planned by more than this is a late one, milliseconds; for long waits a twentieth of them. */
const LATE = 2000;
const LONGEST_PAUSE = 30_000;
/** Answers in a row that say nothing about the token. */
const PATIENCE = 5;

/** One measurement at work: what all its questions share. Whatever it knows it reads from the Run, so that another process can go on. */
export class Measuring {
  readonly context: FlowContext;
  readonly plan: MeasurePlan;
  readonly ports: MeasurePorts;
  #failure: Problem | null = null;

  constructor(context: FlowContext, plan: MeasurePlan, ports: MeasurePorts) {
    this.context = context;
    this.plan = plan;
    this.ports = ports;
  }

  get state(): RunState { return this.context.recorder.state; }
  get over(): boolean { return this.context.cancel.aborted || this.#failure !== null; }
  get failure(): Problem | null { return this.#failure; }
  get longest(): number { return this.plan.options.longest * 1000; }
  get signInsLeft(): number {
    return this.plan.options.signIns - this.state.steps.filter(({ kind, outcome }) => kind === 'authorize' && outcome === 'ok').length;
  }

  claimOf(question: Question): Claim | null {
    return this.plan.questions.find((planned) => planned.question === question)?.claimed ?? null;
  }

  observations(question: Question, subject?: string): Observation[] {
    return (this.state.measure?.observations ?? []).filter((one) => one.question === question && (subject === undefined || one.subject === subject));
  }

  /** Waits until something issued then is so old. Machines sleep and processes end: what counts is the age, not the waiting. */
  async until(question: Question, subject: string, issue: Moments, age: number, what: string): Promise<void> {
    const left = (): number => age - this.#ageOf(issue);
    if (left() > 1000) this.waiting(question, subject, Date.now() + left(), what);
    for (let rest = left(); rest > 0 && !this.over; rest = left()) await pause(Math.min(rest, LONGEST_PAUSE), this.context.cancel);
  }

  /** How old it is now, milliseconds. */
  ageNow(issue: Moments): number { return this.#ageOf(issue); }

  waiting(question: Question, subject: string, until: number | null, what: string): void {
    this.context.recorder.record({ type: 'measure-waiting', waiting: { question, subject, until, what } });
  }

  /** Records one look; the age is taken from the exchange that made it. */
  observe(question: Question, subject: string, issue: Moments, exchange: Exchange, alive: boolean, planned: number): void {
    const moments = momentsIn(this.state, exchange.id);
    if (!moments) return;
    const age = ageAt(issue, moments, this.ports.sleeps);
    const late = age.from - planned > Math.max(LATE, planned / 20);
    this.context.recorder.record({ type: 'measure-observed', observation: { question, subject, age, alive, exchangeId: exchange.id, late } });
  }

  /**
   * Asks again, ever more slowly, until there is an answer that says something. A network may be away for as long as it likes; a server that
   * keeps answering something else ends the measurement.
   */
  async untilAnswered<T>(ask: () => Promise<T | null>): Promise<T | null> {
    let beside = 0;
    for (let wait = 1000; !this.over; wait = Math.min(60_000, wait * 2)) {
      const answer = await ask();
      if (answer !== null || this.over) return answer;
      const { outcome, problem } = this.state.steps.at(-1) ?? {};
      if (outcome === 'refused') beside += 1;
      if (beside >= PATIENCE) this.#failure = problem ?? null;
      else await pause(wait, this.context.cancel);
    }
    return null;
  }

  /** Sends the person to the browser; the code is not redeemed. `null` where they did not come back, which ends the measurement. */
  async code(question: Question): Promise<AuthorizedCode | null> {
    if (this.over || this.signInsLeft <= 0) return null;
    this.waiting(question, 'sign-in', null, 'a sign-in in the browser');
    await this.ports.mayOpenBrowser(this.state.id, this.context.cancel);
    if (this.over) return null;
    const authorized = await authorize(this.context);
    if (authorized.outcome === 'ok') return authorized.value;
    if (authorized.outcome !== 'cancelled') this.#failure = authorized.problem;
    return null;
  }

  /** Signs in and redeems the code at once. */
  async signIn(question: Question): Promise<boolean> {
    const code = await this.code(question);
    if (!code) return false;
    const exchanged = await exchangeStep(this.context, code);
    if (exchanged.outcome === 'ok') return true;
    if (exchanged.outcome !== 'cancelled') this.#failure = exchanged.problem;
    return false;
  }

  /** A refresh token nobody has seen dead, signing in for one where there is none; `null` where there is none to be had. */
  async grant(question: Question): Promise<TokenState | null> {
    const living = this.livingGrant();
    if (living) return living;
    if (!await this.signIn(question)) return null;
    return this.livingGrant();
  }

  livingGrant(): TokenState | null {
    const dead = new Set((this.state.measure?.observations ?? []).filter(({ alive }) => !alive).map(({ subject }) => subject));
    return this.state.tokens.findLast(({ record, fate }) => record.kind === 'refresh_token' && fate === 'live' && !dead.has(record.id)) ?? null;
  }

  /** When a token came, as exact as its exchange tells. */
  issueOf(token: TokenState): Moments {
    return momentsIn(this.state, token.exchangeId) ?? receivedAt(token);
  }

  #ageOf(issue: Moments): number { return this.ports.sleeps.between(issue.answered, this.context.ports.clock.read()); }
}

function receivedAt({ receivedAt: at, receivedMono: mono, boot }: TokenState): Moments {
  return { sent: { at, mono, boot }, answered: { at, mono, boot } };
}
