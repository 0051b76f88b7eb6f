import type { Exchange, NewRunEvent, ProbeId, RunEvent, StepState } from '../../contract/index.ts';
import { withoutMarkerCharacters } from '../../contract/index.ts';
import type { FlowContext } from '../context.ts';

/** What an answer means. Cause ids are those of docs/causes.md; none of the texts holds a secret. */
export interface Conclusion {
  finding: string;
  meaning: string;
  supports: string[];
  excludes: string[];
  exchange: Exchange | null;
}

export interface Question {
  probe: ProbeId;
  /** The refused exchange it is about. */
  about: string | undefined;
  /** Reads the answer from what the step recorded; `null` where there is none to read. */
  conclude(step: StepState): Conclusion | null;
}

/**
 * A context in which the next step is filed as a probe: the ordinary steps make the request, the Run says that it was a question,
 * and its answer ends in `probe-concluded`. A refusal that answers the question is no failure of the step.
 */
export function asProbe(context: FlowContext, question: Question): FlowContext {
  const { recorder } = context;
  const record = (event: NewRunEvent): RunEvent => {
    if (event.type === 'step-started') return recorder.record({ ...event, kind: 'probe', probe: question.probe });
    if (event.type !== 'step-ended') return recorder.record(event);
    const step = recorder.state.steps.find(({ id }) => id === event.step);
    const conclusion = step === undefined ? null : question.conclude(step);
    if (conclusion === null) return recorder.record(event);
    const { exchange, ...said } = conclusion;
    recorder.record({
      type: 'probe-concluded', step: event.step, probe: question.probe, ...said, exchangeId: exchange?.id ?? null,
      ...(question.about !== undefined && { about: question.about }),
    });
    return recorder.record({ type: 'step-ended', step: event.step, outcome: 'ok' });
  };
  return { ...context, recorder: { events: recorder.events, state: recorder.state, gate: recorder.gate, record } };
}

/** The last exchange a step recorded that was answered. */
export function answeredExchange(step: StepState): Exchange | null {
  const recorded = step.events.findLast((event) => event.type === 'exchange-recorded');
  return recorded?.type === 'exchange-recorded' && recorded.exchange.response !== null && recorded.exchange.failure === null ? recorded.exchange : null;
}

export const receivedTokens = (step: StepState): boolean => step.events.some(({ type }) => type === 'tokens-received');

/** The names of the token request's own parameters: an extra one of the same name would change the question. */
export function withoutParameters(context: FlowContext, names: readonly string[]): FlowContext {
  const { environment } = context;
  return { ...context, environment: { ...environment, tokenParameters: environment.tokenParameters.filter(({ name }) => !names.includes(name)) } };
}

/** A word of the server for a sentence: on one line, cut, and never a marker. */
export function foreignWord(text: string): string {
  const plain = withoutMarkerCharacters(text.toWellFormed()).replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  return plain.length > 200 ? `${plain.slice(0, 200)}…` : plain;
}
