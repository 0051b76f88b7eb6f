import type { Exchange } from '../../src-main/contract/exchange.ts';
import type { RunEvent, RunEventOf } from '../../src-main/contract/run.ts';
import type { RunState, StepState } from '../../src-main/contract/read/run-state.ts';
import { unreachable } from '../../src-main/contract/outcome.ts';
import { duration } from '../format/time.ts';
import { statusTone } from '../format/status.ts';
import { urlParts, withoutQuery } from '../format/url.ts';
import { callbackWords, outcomeWords, probeNames, provocations, purposeNames, stepNames, tokenNames } from '../format/words.ts';
import type { Lints } from './lint-row.ts';
import { lintRow } from './lint-row.ts';
import type { ArrowRow, Row } from './rows.ts';
import { APP, BROWSER } from './rows.ts';
import { laneOf } from './lanes.ts';

/**
 * A Run as rows from top to bottom: a header for each step, an arrow for whatever went from one lane to another, a note for what
 * happened inside Grantscope, the reason where a step failed, and a card while it waits for the browser.
 *
 * @param running whether a flow of this app session is still working on the Run; only then is anything waited for
 * @param lints what the specifications say of its exchanges
 */
export function rowsOf(run: RunState, running: boolean, lints: Lints = new Map()): Row[] {
  const refused = new Map(run.refusals.map((refusal) => [refusal.exchangeId, refusal.error.error ?? 'refused']));
  const rows: Row[] = [];
  for (const step of run.steps) {
    rows.push(header(step));
    for (const event of step.events) {
      rows.push(...rowsOfEvent(event, refused, run));
      if (event.type === 'exchange-recorded') rows.push(...lintRow(run, lints, event.exchange.id, event.at));
    }
    if (step.problem) rows.push({ kind: 'problem', key: `problem:${step.id}`, problem: step.problem, tone: outcomeWords[step.outcome ?? 'failed'].tone });
    if (running && step.kind === 'receive' && step.endedAt === undefined) {
      rows.push({ kind: 'waiting', key: `waiting:${step.id}`, limit: step.limit ?? null, startedAt: step.startedAt, startedMono: step.startedMono });
    }
  }
  const ended = run.ended;
  const said = run.steps.some((step) => step.problem?.message === ended?.problem?.message);
  if (ended?.problem && !said) rows.push({ kind: 'problem', key: 'ended', problem: ended.problem, tone: outcomeWords[ended.outcome].tone });
  return rows;
}

function header(step: StepState): Row {
  return {
    kind: 'step', key: `step:${step.id}`, step: step.kind, at: step.startedAt,
    title: titleOf(step),
    ...(step.provocation && { provocation: step.provocation }),
    outcome: step.outcome ?? null,
    took: step.endedMono === undefined || step.startedAt === 0 ? null : step.endedMono - step.startedMono,
  };
}

function titleOf(step: StepState): string {
  if (step.provocation) return `Provoked: ${lowerFirst(provocations[step.provocation].name)}`;
  return step.probe ? `Probe: ${probeNames[step.probe]}` : stepNames[step.kind];
}

function rowsOfEvent(event: RunEvent, refused: ReadonlyMap<string, string>, run: RunState): Row[] {
  const key = `event:${event.seq}`;
  const selection = { kind: 'event', seq: event.seq } as const;
  const note = (text: string, more: Partial<Extract<Row, { kind: 'note' }>> = {}): Row =>
    ({ kind: 'note', key, at: event.at, lane: APP, text, tone: 'quiet', selection: null, ...more });
  switch (event.type) {
    case 'exchange-recorded': return [exchangeRow(event.exchange, event.at, key, refused.get(event.exchange.id))];
    case 'callback-received': return [callbackRow(event, key)];
    case 'authorization-requested': return [{
      kind: 'arrow', key, at: event.at, from: APP, to: BROWSER, label: 'Authorization request', detail: withoutQuery(event.url), answer: null,
      status: null, took: null, tone: 'quiet', selection, name: `Authorization request for ${withoutQuery(event.url)}, from Grantscope to the browser`,
    }];
    case 'browser-opened': return [{
      kind: 'arrow', key, at: event.at, from: BROWSER, to: laneOf(event.url, 'Authorize'), label: `GET ${urlParts(event.url).path}`,
      detail: event.mode === 'tracing' ? 'in the tracing browser' : 'in your browser', answer: null, status: null, took: null, tone: 'quiet', selection,
      name: `The ${event.mode} browser opens ${withoutQuery(event.url)}`,
    }];
    case 'front-channel-hop': return [{
      kind: 'arrow', key, at: event.at, from: BROWSER, to: laneOf(event.url, 'Authorize'), label: `${event.method} ${urlParts(event.url).path}`,
      answer: event.location === undefined ? null : { text: `redirect to ${withoutQuery(event.location)}` },
      status: event.status, took: null, tone: event.status === null ? 'quiet' : statusTone(event.status) === 'bad' ? 'bad' : 'quiet', selection,
      name: `Browser hop ${event.method} ${withoutQuery(event.url)}, status ${event.status ?? 'unknown'}`,
    }];
    case 'listening': return [note(`Listening on ${event.redirectUri}`, event.redirectUri.startsWith('https:')
      ? { detail: 'the browser will warn of the local certificate, unless you made it trust it' } : {})];
    case 'metadata-read': {
      const count = event.findings.length;
      return [note(event.source === 'manual' ? 'Endpoints as typed in' : `Metadata read: ${event.source}`, {
        selection, ...(count > 0 && { detail: `${count} ${count === 1 ? 'finding' : 'findings'}`, tone: 'warn' }),
      })];
    }
    case 'tokens-received': return [note(event.tokens.map(({ kind }) => tokenNames[kind]).join(', '), {
      detail: event.generation === 0 ? 'received' : `received, generation ${event.generation}`, tone: 'ok',
      selection: event.tokens[0] ? { kind: 'token', id: event.tokens[0].id } : null,
    })];
    case 'token-checked': {
      const failed = event.verdicts.filter(({ outcome }) => outcome === 'failed').length;
      const passed = event.verdicts.filter(({ outcome }) => outcome === 'passed').length;
      const total = passed + failed;
      const isIdToken = run.tokens.find(({ record }) => record.id === event.tokenId)?.record.kind === 'id_token';
      const what = isIdToken ? 'ID token' : event.verdicts.some(({ check }) => check === 'sub (userinfo)') ? 'UserInfo' : 'Access token (RFC 9068)';
      return [note(failed === 0 ? `${what}: ${total === 1 ? 'its check' : `all ${total} checks`} passed` : `${what}: ${failed} of ${total} checks failed`, {
        tone: failed === 0 ? 'ok' : 'bad', selection,
      })];
    }
    case 'response-checked': {
      const what = event.what === 'jarm' ? 'JARM answer' : 'ID token of the redirect';
      const failed = event.verdicts.filter(({ outcome }) => outcome === 'failed').length;
      const total = failed + event.verdicts.filter(({ outcome }) => outcome === 'passed').length;
      return [note(failed === 0 ? `${what}: all ${total} checks passed` : `${what}: ${failed} of ${total} checks failed`, { tone: failed === 0 ? 'ok' : 'bad', selection })];
    }
    case 'token-revoked': return [note(`${nameOfToken(run, event.tokenId)} revoked`, { selection: { kind: 'token', id: event.tokenId } })];
    case 'token-introspected': return [note(
      `${nameOfToken(run, event.tokenId)}: active is ${event.active === null ? 'not said' : String(event.active)}`,
      { tone: event.active === true ? 'ok' : 'warn', selection: { kind: 'token', id: event.tokenId } },
    )];
    case 'probe-concluded': return [note(event.finding, { detail: event.meaning, tone: 'info', selection })];
    case 'proof-key-made': return [note(`DPoP key: ${event.alg}, ${event.privateKey === undefined ? 'the environment’s own' : 'made for this run'}`, { detail: `jkt ${event.thumbprint}` })];
    case 'device-code-received': return [note(`Code ${event.userCode}`, { detail: `to be typed at ${event.verificationUri}`, tone: 'info', selection })];
    case 'resumed': return event.edited ? [note('The request was changed by hand before it went out', { tone: 'warn' })] : [];
    case 'measure-planned': return [note('Measurement of lifetimes', { detail: `${event.plan.questions.length} ${event.plan.questions.length === 1 ? 'question' : 'questions'}`, tone: 'info', selection })];
    case 'measure-answered': return [note(event.finding.sentence, { detail: 'measured', tone: 'info', selection })];
    case 'measure-ended': return [note(event.end.outcome === 'done' ? 'Measurement finished' : event.end.outcome === 'stopped' ? 'Measurement stopped' : 'Measurement failed', { tone: event.end.outcome === 'failed' ? 'bad' : 'info', selection })];
    case 'measure-waiting': case 'measure-observed': return [];
    case 'paused': case 'run-started': case 'step-started': case 'step-ended': case 'grant-refused': case 'flow-ended': return [];
    default: return unreachable(event);
  }
}

function exchangeRow(exchange: Exchange, at: number, key: string, error: string | undefined): ArrowRow {
  const { response, failure, times } = exchange;
  const path = urlParts(exchange.url).path || '/';
  // An import without times has none to show.
  const took = times.started === 0 ? null : times.ended;
  const bad = failure !== null || response === null || error !== undefined || statusTone(response.status) === 'bad';
  const answered = response === null ? (failure?.message ?? 'no answer') : `${response.status} ${response.reason}`.trim();
  return {
    kind: 'arrow', key, at, from: APP, to: laneOf(exchange.url, purposeNames[exchange.purpose]), label: `${exchange.method} ${path}`,
    answer: { text: answered, ...(error !== undefined && { error }) },
    status: response?.status ?? null, took, tone: bad ? 'bad' : 'ok', selection: { kind: 'exchange', id: exchange.id },
    name: [`${exchange.method} ${withoutQuery(exchange.url)}`, `from Grantscope to ${purposeNames[exchange.purpose]}`, `answered ${answered}`, error, took === null ? '' : duration(took)]
      .filter(Boolean).join(', '),
  };
}

function callbackRow(event: RunEventOf<'callback-received'>, key: string): ArrowRow {
  const words = callbackWords[event.verdict];
  const [method = 'GET', target = '/'] = event.request.split(' ', 2);
  const error = event.error?.error ?? undefined;
  return {
    kind: 'arrow', key, at: event.at, from: BROWSER, to: APP, label: `${method} ${withoutQuery(target)}`,
    answer: { text: `${event.answered} · ${words.short}`, ...(error !== undefined && { error }) },
    status: event.answered, took: null, tone: words.tone, selection: { kind: 'event', seq: event.seq },
    name: `Callback ${words.short}, from the browser to Grantscope, answered ${event.answered}${error === undefined ? '' : `, ${error}`}`,
  };
}

function nameOfToken(run: RunState, id: string): string {
  const kind = run.tokens.find(({ record }) => record.id === id)?.record.kind;
  return kind ? tokenNames[kind] : 'Token';
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
