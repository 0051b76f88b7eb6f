import { pause } from '../../flow/index.ts';
import type { BrowserMode, Problem, Result, RunAction, RunState, TokenState } from '../../contract/index.ts';
import { fail, foldRun, ok } from '../../contract/index.ts';
import type { Services } from '../../services.ts';
import type { Report } from './report.ts';
import type { ThenStep, Word } from './then.ts';

export interface Performance { services: Services; runId: string; report: Report; cancel: AbortSignal; browser: BrowserMode }

/** Does what comes after the redemption, in order. Gives what could not be done. */
export async function perform({ services, runId, report, cancel, browser }: Performance, steps: readonly ThenStep[]): Promise<Problem[]> {
  const undone: Problem[] = [];
  for (const step of steps) {
    if (cancel.aborted) break;
    if ('wait' in step) {
      report.note(`  waiting ${step.wait} s`);
      await pause(step.wait * 1000, cancel);
      continue;
    }
    const done = await act(services, runId, step.do, browser);
    if (!done.ok) {
      const problem = { ...done.problem, message: `${step.do} was not done: ${done.problem.message}` };
      undone.push(problem);
      report.problem(problem);
    }
  }
  return undone;
}

async function act(services: Services, runId: string, word: Word, browser: BrowserMode): Promise<Result<null>> {
  const events = services.history.read(runId);
  if (!events.ok) return events;
  const action = actionOf(foldRun(events.value), word);
  if (!action.ok) return action;
  const begun = await services.flows.act(runId, action.value, browser);
  if (begun.ok) await services.flows.whenIdle(runId);
  return begun;
}

function actionOf(state: RunState, word: Word): Result<RunAction> {
  switch (word) {
    case 'refresh': {
      const token = latest(state, 'refresh_token');
      return token ? ok({ action: 'refresh', tokenId: token.record.id }) : fail(missing('refresh token'));
    }
    case 'revoke': {
      const token = latest(state, 'refresh_token') ?? latest(state, 'access_token');
      return token ? ok({ action: 'revoke', tokenId: token.record.id }) : fail(missing('token'));
    }
    case 'introspect': {
      const token = latest(state, 'access_token') ?? latest(state, 'refresh_token');
      return token ? ok({ action: 'introspect', tokenId: token.record.id }) : fail(missing('token'));
    }
    default: return ok({ action: 'provoke', provocation: word });
  }
}

/** The last one that is alive, else the last one there was: a dead one is sent all the same, to see what the server says to it. */
function latest({ tokens }: RunState, kind: TokenState['record']['kind']): TokenState | undefined {
  const ofKind = tokens.filter(({ record }) => record.kind === kind);
  return ofKind.findLast(({ fate }) => fate === 'live') ?? ofKind.at(-1);
}

const missing = (what: string): Problem => ({ code: 'no-token', message: `this run has no ${what}.` });
