import { diagnose } from '../../diagnosis/index.ts';
import type { Problem, Result } from '../../contract/index.ts';
import { fail, foldRun, ok } from '../../contract/index.ts';
import type { OpenBrowser } from '../../flow/index.ts';
import { InProcessPractice } from '../../practice/index.ts';
import { createServices } from '../../services.ts';
import { exitNow } from '../../vault/index.ts';
import { RUN_EXIT } from '../exit-codes.ts';
import type { Surroundings } from '../read-file.ts';
import type { RunArguments } from './arguments.ts';
import { DEFAULT_SECRET_VARIABLE, readRunArguments } from './arguments.ts';
import { exitCodeOf } from './exit-code.ts';
import { RUN_HELP } from './help.ts';
import { perform } from './perform.ts';
import type { Report } from './report.ts';
import { createReport, sentence } from './report.ts';
import { PrintedSecrets } from './secrets.ts';
import type { Target } from './target.ts';
import { openTarget } from './target.ts';
import { planOf } from './then.ts';
import { proxyFromEnvironment } from '../../wire/index.ts';

/** `grantscope run`. Gives the exit code. */
export async function runCommand(words: readonly string[], surroundings: Surroundings): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) { surroundings.out(RUN_HELP); return RUN_EXIT.tokens; }
  const read = readRunArguments(words);
  const secret = read.ok ? secretOf(read.value, surroundings) : read;
  const remark = (problem: Problem): void => surroundings.err(`${sentence(problem)}\n`);
  const target = secret.ok && read.ok ? await openTarget({ target: read.value.target, secret: secret.value, onRemark: remark }, surroundings) : null;
  if (!read.ok || !secret.ok || !target?.ok) {
    const refused = !read.ok ? read : !secret.ok ? secret : target;
    const problem = refused !== null && !refused.ok ? refused.problem : null;
    if (problem === null) return RUN_EXIT.other;
    if (words.includes('--json')) surroundings.out(`${JSON.stringify({ run: null, diagnosis: null, problem })}\n`);
    remark(problem);
    return RUN_EXIT.other;
  }
  const { history, vault } = target.value;
  const code = await play(target.value, read.value, secret.value, surroundings).finally(() => history.close());
  // A keychain call that never comes back would keep the process for ever.
  if (vault.stuck) exitNow(vault, code);
  return code;
}

function secretOf({ secretVariable }: RunArguments, { environment }: Surroundings): Result<string | null> {
  const value = environment[secretVariable ?? DEFAULT_SECRET_VARIABLE];
  if (value !== undefined && value !== '') return ok(value);
  return secretVariable === null ? ok(null) : fail({ code: 'secret-variable-empty', message: `The environment variable ${secretVariable} is not set, or empty.` });
}

async function play({ environment, vault, history }: Target, words: RunArguments, secret: string | null, surroundings: Surroundings): Promise<number> {
  const { cancel, versions } = surroundings;
  const secrets = new PrintedSecrets(vault.fingerprintKey());
  if (secret !== null) secrets.add(secret);
  const report = createReport(words.json, secrets, surroundings);
  const practice = new InProcessPractice();
  const services = createServices({
    vault, history, practice, versions, systemProxy: async (url) => proxyFromEnvironment(url, process.env),
    openBrowser: (request) => openBrowser(request, words.open, report, surroundings),
    onEvent: (_runId, event) => report.event(event),
    onRunning: () => undefined,
  });
  try {
    const plan = planOf(words.then);
    if (plan.first.holdSeconds !== undefined) report.note(`The code will be held for ${plan.first.holdSeconds} s.`);
    const started = await services.flows.start(environment, words.open, plan.first);
    if (!started.ok) return unstarted(started.problem, words.json, surroundings, secrets);
    const { runId } = started.value;
    const onCancel = (): void => { services.flows.cancel(runId); };
    cancel.addEventListener('abort', onCancel);
    if (cancel.aborted) onCancel();
    await services.flows.whenIdle(runId);
    const events = (): ReturnType<typeof history.read> => history.read(runId);
    const flow = events();
    const gotCode = flow.ok && flow.value.some((event) => event.type === 'exchange-recorded' && event.exchange.purpose === 'token');
    if (!gotCode && plan.rest.length > 0) report.note('No code was redeemed, so nothing of --then was done.');
    const undone = gotCode ? await perform({ services, runId, report, cancel, browser: words.open }, plan.rest) : [];
    cancel.removeEventListener('abort', onCancel);
    const all = events();
    if (!all.ok) return unstarted(all.problem, words.json, surroundings, secrets);
    const state = foldRun(all.value);
    if (secret === null && state.ended?.problem?.field === 'client.secret') report.note(`Give the client secret in the environment variable ${DEFAULT_SECRET_VARIABLE}, or name another with --secret-env.`);
    report.end(state, diagnose(all.value, { ledger: services.ledger() }));
    return exitCodeOf(state, undone.length > 0, cancel.aborted);
  } finally {
    await services.flows.close();
    await practice.stop();
  }
}

function unstarted(problem: Problem, json: boolean, surroundings: Surroundings, secrets: PrintedSecrets): number {
  const told = secrets.texts(problem.field === 'client.secret' ? { ...problem, next: `${problem.next ?? ''} Or give the secret in the environment variable ${DEFAULT_SECRET_VARIABLE}.`.trim() } : problem);
  if (json) surroundings.out(`${JSON.stringify({ run: null, diagnosis: null, problem: told })}\n`);
  surroundings.err(`${sentence(told)}\n`);
  return RUN_EXIT.other;
}

async function openBrowser(request: OpenBrowser, open: RunArguments['open'], report: Report, surroundings: Surroundings): Promise<Result<null>> {
  if (open === 'system') return surroundings.openSystemBrowser(request.url);
  report.authorizationUrl(request.url);
  return ok(null);
}
