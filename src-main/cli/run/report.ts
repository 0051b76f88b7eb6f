import type { Diagnosis, Problem, RunEvent, RunState } from '../../contract/index.ts';
import { applyEvent, emptyRunState } from '../../contract/index.ts';
import { humanText, plain } from '../human.ts';
import type { Surroundings } from '../read-file.ts';
import type { PrintedSecrets } from './secrets.ts';
import { diagnosisObject, placeIn, runObject, stepLine } from './summary.ts';

/** Prints a Run while it happens and what it came to, for people or as JSON lines. Never a secret. */
export interface Report {
  event(event: RunEvent): void;
  /** The address a person has to open, on a line of its own. */
  authorizationUrl(url: string): void;
  note(text: string): void;
  problem(problem: Problem): void;
  end(state: RunState, diagnosis: Diagnosis | null): void;
}

export function createReport(json: boolean, secrets: PrintedSecrets, surroundings: Surroundings): Report {
  return json ? jsonReport(secrets, surroundings) : humanReport(secrets, surroundings);
}

/** `Message Why Next` on one line. */
export const sentence = ({ message, why, next }: Problem): string => plain([message, why, next].filter((part) => part !== undefined && part !== '').join(' '));

function jsonReport(secrets: PrintedSecrets, { out, err }: Surroundings): Report {
  const line = (value: object): void => out(`${JSON.stringify(value)}\n`);
  return {
    event: (event) => {
      secrets.learn(event);
      line({ event: secrets.event(event) });
    },
    authorizationUrl: (url) => {
      // Bare on standard error for people and scripts that wait for a line with nothing but the address; standard output stays JSON.
      err(`${url}\n`);
      line({ authorizationUrl: url });
    },
    note: (note) => line({ note }),
    problem: (problem) => line({ problem: secrets.texts(problem) }),
    end: (state, diagnosis) => line({
      run: secrets.texts(runObject(state)), diagnosis: diagnosis === null ? null : secrets.texts(diagnosisObject(diagnosis)),
    }),
  };
}

function humanReport(secrets: PrintedSecrets, { out, err }: Surroundings): Report {
  const state = emptyRunState();
  const line = (text: string): void => out(`${plain(secrets.texts(text)).replaceAll('\n', ' ')}\n`);
  return {
    event: (event) => {
      secrets.learn(event);
      applyEvent(state, event);
      const text = lineOf(event, state);
      if (text !== null) line(text);
    },
    authorizationUrl: (url) => out(`Open this address to sign in:\n${url}\n`),
    note: line,
    problem: (problem) => err(`${sentence(secrets.texts(problem))}\n`),
    end: (ended, diagnosis) => {
      out('\n');
      for (const text of runLines(ended)) line(text);
      if (diagnosis === null) return;
      const place = placeIn(ended);
      out(`\n${humanText('Why it was refused', secrets.texts(diagnosis), [], (entry) => secrets.texts(place(entry)))}`);
    },
  };
}

function lineOf(event: RunEvent, state: RunState): string | null {
  switch (event.type) {
    case 'run-started': return `Run ${event.runId}: ${event.environment?.name ?? ''}`;
    case 'browser-opened': return event.mode === 'system' ? '  The system browser was opened.' : null;
    case 'step-started': return event.kind === 'receive' ? `  ${'receive'.padEnd(10)} waiting for the browser at ${state.authorizations.at(-1)?.redirectUri ?? ''}, ${event.limit ?? 0} s at most` : null;
    case 'callback-received': return event.verdict.startsWith('accepted') || event.verdict === 'handoff' ? null : `  ${'callback'.padEnd(10)} not taken (${event.verdict}), answered ${event.answered}`;
    case 'step-ended': {
      const step = state.steps.find(({ id }) => id === event.step);
      if (!step) return null;
      const { kind, outcome, provocation, milliseconds, requests, problem } = stepLine(step);
      const sent = requests.map(({ method, url, status }) => `${method} ${url.split('?', 1)[0]} -> ${status ?? 'no answer'}`);
      return `  ${kind.padEnd(10)} ${outcome.padEnd(9)} ${`${milliseconds ?? '?'} ms`.padStart(9)}  ${[...(provocation ? [`[${provocation}]`] : []), ...sent, ...(problem ? [problem] : [])].join('; ')}`.trimEnd();
    }
    default: return null;
  }
}

function runLines(state: RunState): string[] {
  const failed = state.tokens.flatMap(({ verdicts }) => verdicts.filter(({ outcome }) => outcome === 'failed'));
  return [
    `Run ${state.id}: ${state.ended?.outcome ?? 'interrupted'}${state.ended?.problem ? `. ${sentence(state.ended.problem)}` : ''}`,
    ...state.tokens.map(({ record, fate, generation }) => `  ${record.kind.padEnd(13)} ${fate}, generation ${generation}${record.expiresIn === undefined ? '' : `, expires_in ${String(record.expiresIn)}`}${record.scope === undefined ? '' : `, scope ${record.scope}`}`),
    ...failed.map(({ check, section, expected, found }) => `  check failed: ${check} (${section})${expected === undefined ? '' : `, expected ${expected}`}${found === undefined ? '' : `, found ${found}`}`),
  ];
}
