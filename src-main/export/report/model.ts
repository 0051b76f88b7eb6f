import type { Diagnosis, Exchange, RunEvent } from '../../contract/index.ts';
import { foldRun, messageParts, replayLabelOf, utf8Of } from '../../contract/index.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { requestIdsOf } from '../request-ids.ts';

/** What a report says, before it is Markdown or HTML. Texts are plain and may hold anything a server sent. */
export interface Report {
  title: string;
  summary: string;
  requestIds: { at: string; request: string; name: string; value: string }[];
  facts: [name: string, value: string][];
  steps: { at: string; step: string; outcome: string; status: string; took: string }[];
  failing: { request: string; response: string; about: [name: string, value: string][] } | null;
  diagnosis: { headline: string; causes: { title: string; verdict: string; why: string; fix: string; evidence: string[] }[]; ruledOut: string[] } | null;
  variables: { name: string; describes: string }[];
}

export interface ReportContext {
  diagnosis: Diagnosis | null;
  /** Of the app, e.g. `Grantscope 1.0.0`. */
  creator: string;
  /** When the report is made, milliseconds since 1970. */
  now: number;
}

/** Longer messages are cut in a report: a ticket is for reading. */
const MESSAGE = 20_000;

/** @param events masked, or raw where secrets were asked for; the same for the diagnosis */
export function reportOf(events: readonly RunEvent[], pseudonyms: Pseudonyms, { diagnosis, creator, now }: ReportContext): Report {
  const run = foldRun(pseudonyms.deep([...events]));
  const told = pseudonyms.deep(diagnosis);
  const exchanges = [...run.exchanges.values()].map(({ exchange }) => exchange);
  const failing = failingOf(exchanges, told, run.refusals.at(-1)?.exchangeId);
  const named = (id: string): string => {
    const exchange = run.exchanges.get(id)?.exchange;
    return exchange ? `${exchange.purpose}, ${exchange.method} ${exchange.url.split('?')[0] ?? ''}` : id;
  };
  return {
    title: run.title === '' ? 'OAuth run' : run.title,
    summary: told?.headline ?? outcomeOf(run.ended?.outcome),
    requestIds: requestIdsOf(exchanges).map(({ name, value, exchangeId, at }) => ({ at: utc(at), request: named(exchangeId), name, value })),
    facts: factsOf(run, creator, now),
    steps: run.steps.map((step) => {
      const own = exchanges.filter(({ id }) => run.exchanges.get(id)?.step === step.id);
      return {
        at: utc(step.startedAt), step: `${step.kind}${step.provocation ? ` (on purpose: ${step.provocation})` : ''}${step.probe ? ` (${step.probe})` : ''}`,
        outcome: `${step.outcome ?? 'not ended'}${step.problem ? `: ${step.problem.message}` : ''}`,
        status: own.map(({ response, purpose }) => `${purpose} ${response?.status ?? 'no answer'}`).join(', '),
        took: step.endedAt === undefined ? '' : `${Math.round(step.endedAt - step.startedAt)} ms`,
      };
    }),
    failing: failing && messagesOf(failing),
    diagnosis: told && {
      headline: told.headline,
      causes: told.causes.filter(({ verdict }) => verdict !== 'ruled-out').map(({ title, verdict, why, fix, evidence }) => ({
        title, verdict, why, fix, evidence: evidence.map((one) => `${one.where}: ${one.text}${(one.values ?? []).map(({ label, value }) => `; ${label}: ${value}`).join('')}`),
      })),
      ruledOut: told.causes.filter(({ verdict }) => verdict === 'ruled-out').map(({ title, why }) => `${title}: ${why}`),
    },
    variables: pseudonyms.all(),
  };
}

export const utc = (at: number): string => (at > 0 && Number.isFinite(at) ? new Date(at).toISOString() : 'not known');

function outcomeOf(outcome: string | undefined): string {
  return outcome === undefined ? 'The run has not ended.' : `The run ended: ${outcome}.`;
}

function failingOf(exchanges: readonly Exchange[], diagnosis: Diagnosis | null, refused: string | undefined): Exchange | null {
  const id = diagnosis?.exchangeId ?? refused;
  return exchanges.find((exchange) => exchange.id === id) ?? exchanges.findLast(({ failure, response }) => failure !== null || (response?.status ?? 0) >= 400) ?? null;
}

function factsOf(run: ReturnType<typeof foldRun>, creator: string, now: number): Report['facts'] {
  const { started, environment } = run;
  const provider = environment?.provider;
  const issuer = provider === undefined ? undefined
    : provider.kind === 'discovery' ? provider.issuer : provider.kind === 'manual' ? (provider.endpoints.issuer ?? provider.endpoints.token_endpoint) : 'practice provider';
  const facts: [string, string | undefined][] = [
    ['Environment', environment?.name], ['Provider', issuer], ['Client', started?.client.id], ['Client authentication', started?.client.authMethod],
    ['Scope', environment?.scope], ['Redirect URI', run.authorizations.at(-1)?.redirectUri], ['PKCE', environment?.pkce],
    ['Browser', started?.browser], ['Run started', utc(started?.at ?? 0)], ['Report made', utc(now)], ['Origin', started?.origin], ['Made by', creator],
    ['Versions', Object.entries(started?.versions ?? {}).map(([name, version]) => `${name} ${version}`).join(', ')],
  ];
  return facts.flatMap(([name, value]): [string, string][] => (value === undefined || value === '' ? [] : [[name, value]]));
}

function messagesOf(exchange: Exchange): NonNullable<Report['failing']> {
  const { response, times, failure, connection, tls } = exchange;
  const { label, why } = replayLabelOf(exchange);
  const request = messageParts(exchange.request);
  const about: [string, string][] = [
    ['Sent', utc(times.started)], ['Answered', response ? utc(times.started + times.ended) : (failure?.message ?? 'no answer')], ['Took', `${Math.round(times.ended)} ms`],
    ['Sending it again', `${label}. ${why}`],
    ...(connection ? [['Connected to', `${connection.remoteAddress} port ${connection.remotePort}${connection.proxy === undefined ? '' : ` through ${connection.proxy}`}`] as [string, string]] : []),
    ...(tls ? [['TLS', `${tls.protocol}, ${tls.cipher}`] as [string, string]] : []),
  ];
  return { about, request: shown(request.head + request.body), response: response ? shown(response.raw.slice(0, response.headLength) + response.body) : '' };
}

function shown(bytes: string): string {
  const text = utf8Of(bytes).replaceAll('\r\n', '\n');
  return text.length <= MESSAGE ? text : `${text.slice(0, MESSAGE)}\n[${text.length - MESSAGE} more characters]`;
}

/** Characters that a reader does not see, or that turn text around, as their numbers. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
