import type { Bridge, CommandInput, CommandName, CommandOutput, Explained, Notices, VaultStatus } from '../../../src-main/contract/commands.ts';
import type { CompareInput } from '../../../src-main/compare/index.ts';
import { compareSubjects } from '../../../src-main/compare/index.ts';
import type { CompareSubject } from '../../../src-main/contract/compare.ts';
import type { EnvironmentView } from '../../../src-main/contract/environment.ts';
import type { ExportFormat } from '../../../src-main/contract/export-formats.ts';
import type { RunEvent, RunSummary } from '../../../src-main/contract/run.ts';
import { lintExchange } from '../../../src-main/contract/read/wire-lint.ts';
import { foldRun, summaryOf } from '../../../src-main/contract/read/run-state.ts';
import { matchIn } from '../../../src-main/history/search/match.ts';
import { placesOf } from '../../../src-main/history/search/places.ts';
import { passes } from '../../../src-main/history/search/passes.ts';
import { planOf } from '../../../src-main/flow/measure/plan.ts';
import { previewOf } from './exporting.ts';
import { hostileRun } from './hostile-bodies.ts';
import type { ImportHand } from './importing.ts';
import { environmentOf, BOOT } from './recording.ts';
import { livelyRun, measuringRun } from './measuring.ts';
import { finishedRun, longRun, unreachableRun, waitingRun } from './runs.ts';

/** What the window is shown in the harness. Development and tests of the window only; never part of the app. */
export type Scene = 'first-start' | 'history' | 'waiting' | 'locked' | 'long' | 'lively' | 'empty' | 'hostile';

const id = (digit: number): string => `aaaaaaaa-aaaa-4aaa-8aaa-${String(digit).padStart(12, '0')}`;

export interface FakeBridge extends Bridge {
  /** Every command, in order. */
  sent: { name: string; input: unknown }[];
  /** Plays the rest of the started run: the callback, the tokens, a refresh, the refusal. With `lost`, one event never arrives. */
  goOn(lost?: number): void;
}

const importHand: ImportHand = ((order, input) => (globalThis as unknown as { grantscopeImport: ImportHand }).grantscopeImport(order as never, input as never)) as ImportHand;

/** Given by the harness: the engine needs Node. */
const explain = async (events: RunEvent[], exchangeId?: string): Promise<Explained> => {
  const { grantscopeExplain } = globalThis as { grantscopeExplain?: (events: RunEvent[], exchangeId?: string) => Promise<Explained> };
  return grantscopeExplain ? grantscopeExplain(events, exchangeId) : { diagnosis: null, probes: [], fixes: {} };
};

export function fakeBridge(scene: Scene): FakeBridge {
  const now = Date.now();
  const mono = performance.now() + 100_000;
  const runs = new Map<string, RunEvent[]>();
  const running = new Set<string>();
  const add = (events: RunEvent[]): void => void runs.set(foldRun(events).id, events);
  if (scene !== 'first-start' && scene !== 'empty') {
    add(unreachableRun(id(1), now - 86_400_000 * 3));
    add(finishedRun(id(2), now - 86_400_000, 5000, false));
    add(finishedRun(id(3), now - 3_600_000, 5000, false, 'tracing'));
    add(finishedRun(id(4), now - 20_000, mono - 20_000, true));
  }
  if (scene === 'waiting') {
    add(waitingRun(id(5), now - 2000, mono - 2000));
    running.add(id(5));
  }
  if (scene === 'lively') add(livelyRun(id(8), now - 1000, mono - 1000, 200));
  if (scene === 'hostile') add(hostileRun(id(7), now - 1000));
  if (scene === 'long') add(longRun(id(6), now - 1000, 2000));
  const environments: EnvironmentView[] = scene === 'empty' ? [] : [{ config: environmentOf(), clientSecret: 'absent' }];
  if (scene !== 'first-start' && scene !== 'empty') {
    environments.push(
      { config: environmentOf({ id: '22222222-2222-4222-8222-222222222222', name: 'Staging, Keycloak', provider: { kind: 'discovery', issuer: 'https://sso.staging.example.com/realms/main' }, client: { id: 'grantscope', authMethod: 'client_secret_basic' } }), clientSecret: scene === 'locked' ? 'locked' : 'stored' },
      { config: environmentOf({ id: '33333333-3333-4333-8333-333333333333', name: 'Production with an extraordinarily long name that nobody shortened', provider: { kind: 'discovery', issuer: 'https://login.example.com' }, client: { id: 'grantscope-prod', authMethod: 'none' } }), clientSecret: 'absent' },
    );
  }
  const vault: VaultStatus = scene === 'locked'
    ? { state: 'locked', memory: true, problem: { code: 'keychain-locked', message: 'The keychain is locked.', why: 'The login keyring has not been unlocked in this session.', next: 'Unlock it, then try again.' } }
    : { state: 'available', memory: false, problem: null };
  const listeners = new Map<string, Set<(notice: never) => void>>();
  const tell = <N extends keyof Notices>(name: N, notice: Notices[N]): void => listeners.get(name)?.forEach((listener) => listener(notice as never));
  const summaries = (): RunSummary[] => [...runs].map(([runId, events]) => summaryOf(foldRun(events), running.has(runId)));
  const sent: { name: string; input: unknown }[] = [];
  const removed = new Map<string, RunEvent[] | EnvironmentView>();

  type Refused = { problem: { code: string; message: string; why?: string; next?: string; field?: string } };
  type Answers = { [N in CommandName]: (input: never) => CommandOutput[N] | Refused | Promise<CommandOutput[N] | Refused> };
  const answers: Answers = {
    'app.info': () => ({ versions: { grantscope: '0.1.0' }, platform: 'linux', dataFolder: '/home/ada/.config/grantscope', vault, tour: false, notices: [] }),
    'app.openExternal': () => null,
    'app.theme': () => null,

    // The engine runs in Node, over the masked events: for pictures of the view. The app judges the ones in the clear.
    'diagnosis.lint': ({ runId, exchangeId }: { runId: string; exchangeId: string }) => {
      const exchange = foldRun(runs.get(runId) ?? []).exchanges.get(exchangeId)?.exchange;
      return exchange ? lintExchange(exchange) : [];
    },
    'diagnosis.lintRun': ({ runId, exchangeIds }: { runId: string; exchangeIds: string[] }) => {
      const { exchanges } = foldRun(runs.get(runId) ?? []);
      return Object.fromEntries(exchangeIds.flatMap((id) => { const found = exchanges.get(id); return found ? [[id, lintExchange(found.exchange)]] : []; }));
    },
    'diagnosis.explain': async ({ runId, exchangeId }: { runId: string; exchangeId?: string }) => explain(runs.get(runId) ?? [], exchangeId),
    'redirect.certificate': () => ({ subject: 'CN=Grantscope redirect listener', selfSigned: true, altNames: 'DNS:localhost, IP Address:127.0.0.1', validTo: '2028-01-01T00:00:00.000Z', fingerprint256: 'AB:CD', pem: '' }),
    'environment.list': () => environments,
    'environment.save': ({ config }: { config: EnvironmentView['config'] }) => {
      if (config.name === 'refuse') return { problem: { code: 'disk-full', message: 'The disk is full.', next: 'Free some space and save again.' } };
      const at = environments.findIndex((view) => view.config.id === config.id);
      const view: EnvironmentView = { config, clientSecret: 'absent' };
      if (at === -1) environments.push(view);
      else environments[at] = view;
      tell('environments-changed', { environments: [...environments] });
      return view;
    },
    'environment.presets': () => [
      { id: 'keycloak', name: 'Keycloak', how: 'discovery', variables: [{ name: 'host', examples: [] }, { name: 'realm', examples: [] }], docs: 'https://www.keycloak.org/docs', notes: [{ about: 'Redirect', text: 'Valid redirect URIs are matched exactly, with a trailing * as the only wildcard.', source: 'https://github.com/keycloak/keycloak/blob/main/RedirectUtils.java' }] },
      { id: 'entra', name: 'Microsoft Entra ID', how: 'discovery', variables: [{ name: 'tenant', examples: ['common', 'organizations'] }], docs: null, notes: [] },
      { id: 'paypal', name: 'PayPal', how: null, why: 'The sources name no addresses that hold for everybody: enter the issuer or the endpoints your server gives you.', variables: [], docs: null, notes: [] },
    ],
    'environment.fromPreset': ({ values }: { values: Record<string, string> }) => (values['host'] === '' ? { problem: { code: 'preset-value-missing', message: 'host is missing.', field: 'host' } }
      : environmentOf({ id: crypto.randomUUID(), name: 'Keycloak', provider: { kind: 'discovery', issuer: `https://${values['host']}/realms/${values['realm']}` }, client: { id: '', authMethod: 'client_secret_basic' } })),
    'environment.check': () => ({ metadataUrl: null, provider: { id: 'keycloak', name: 'Keycloak', why: 'host' }, findings: [
      { code: 'pkce-off', message: 'PKCE is off.', why: 'RFC 9700 §2.1.1 recommends it for every client.', next: 'Choose S256 unless you test this on purpose.', field: 'pkce' },
      { code: 'secret-missing', message: 'client_secret_basic needs a client secret, and none is stored.', next: 'Enter the secret, or choose "none" for a public client.', field: 'client.secret' },
    ] }),
    'environment.duplicate': ({ environmentId }: { environmentId: string }) => {
      const source = environments.find(({ config }) => config.id === environmentId) as EnvironmentView;
      const copy = { ...source, config: { ...source.config, id: crypto.randomUUID(), name: `${source.config.name} copy` } };
      environments.push(copy);
      tell('environments-changed', { environments: [...environments] });
      return copy;
    },
    'environment.remove': ({ environmentId }: { environmentId: string }) => {
      const at = environments.findIndex(({ config }) => config.id === environmentId);
      removed.set(environmentId, environments.splice(at, 1)[0] as EnvironmentView);
      tell('environments-changed', { environments: [...environments] });
      return null;
    },
    'environment.restore': ({ environmentId }: { environmentId: string }) => {
      const view = removed.get(environmentId) as EnvironmentView;
      environments.push(view);
      tell('environments-changed', { environments: [...environments] });
      return view;
    },
    'environment.discover': ({ issuer }: { issuer: string }) => ({
      url: `${issuer}/.well-known/openid-configuration`, findings: [{ code: 'issuer-differs', message: 'The document names another issuer: https://login.example.com/.', next: 'Use exactly that one, with the slash.' }],
      metadata: { issuer: `${issuer}/`, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/oauth/token`, jwks_uri: `${issuer}/.well-known/jwks.json`, code_challenge_methods_supported: ['S256', 'plain'] },
    }),
    'key.prepare': () => ({ problem: { code: 'key-unreadable', message: 'This is neither PEM nor a JWK.', next: 'PEM begins with -----BEGIN, a JWK with {.', field: 'clientAuth.key' } }),
    'key.list': () => [],
    'run.start': () => {
      const events = waitingRun(id(9), Date.now(), performance.now() + 100_000);
      runs.set(id(9), events);
      running.add(id(9));
      tell('runs-changed', { runs: summaries() });
      return { runId: id(9) };
    },
    'run.continue': () => null,
    'run.cancel': ({ runId }: { runId: string }) => {
      running.delete(runId);
      tell('runs-changed', { runs: summaries() });
      return null;
    },
    'run.act': () => null,
    'import.preview': async (input: CommandInput<'import.preview'>) => {
      const preview = await importHand('preview', input);
      return preview.ok ? preview.value : { problem: preview.problem as Refused['problem'] };
    },
    'import.keep': async (input: CommandInput<'import.keep'>) => {
      const events = await importHand('keep', input);
      add(events);
      tell('runs-changed', { runs: summaries() });
      return { runId: foldRun(events).id };
    },
    'import.cancel': () => null,
    'timeline.codeLimit': () => ({ seconds: 60, from: 'practice provider’s setting' }),
    'renewal.list': () => [{ runId: id(4), environmentId: environmentOf().id, state: 'waiting' as const, dueMono: performance.now() + 100_000 + 34_000 }],
    'renewal.stop': () => null,
    'renewal.resume': () => null,
    'measure.plan': ({ runId, options }: CommandInput<'measure.plan'>) => planOf(options, { state: foldRun(runs.get(runId) ?? []), codeLimit: { seconds: 60, from: 'practice provider’s setting' } }),
    'measure.start': () => {
      add(measuringRun(id(7), Date.now() - 60_000, performance.now() + 40_000));
      running.add(id(7));
      tell('runs-changed', { runs: summaries() });
      return { runId: id(7) };
    },
    'measure.stop': () => {
      running.delete(id(7));
      tell('runs-changed', { runs: summaries() });
      return null;
    },
    'measure.continue': () => null,
    'measure.status': () => [],
    'run.list': summaries,
    'run.open': ({ runId }: { runId: string }) => {
      const events = runs.get(runId) ?? [];
      return { summary: summaryOf(foldRun(events), running.has(runId)), events, clock: { at: Date.now(), mono: performance.now() + 100_000, boot: BOOT }, running: running.has(runId) };
    },
    'run.remove': ({ runId }: { runId: string }) => {
      removed.set(runId, runs.get(runId) as RunEvent[]);
      runs.delete(runId);
      tell('runs-changed', { runs: summaries() });
      return null;
    },
    'run.restore': ({ runId }: { runId: string }) => {
      runs.set(runId, removed.get(runId) as RunEvent[]);
      tell('runs-changed', { runs: summaries() });
      return summaryOf(foldRun(runs.get(runId) as RunEvent[]), false);
    },
    'run.removeMany': ({ runIds }: { runIds: string[] }) => {
      for (const runId of runIds) {
        removed.set(runId, runs.get(runId) as RunEvent[]);
        runs.delete(runId);
      }
      tell('runs-changed', { runs: summaries() });
      return null;
    },
    'run.restoreMany': ({ runIds }: { runIds: string[] }) => {
      for (const runId of runIds) runs.set(runId, removed.get(runId) as RunEvent[]);
      tell('runs-changed', { runs: summaries() });
      return null;
    },
    'run.copyAuthorizationUrl': () => null,
    'secret.reveal': ({ marker }: { marker: { kind: string; length: number } }) => ({ value: `CANARY-${marker.kind}-`.padEnd(marker.length, 'x') }),
    'export.curl': ({ secrets }: { secrets: boolean }) => ({
      text: secrets ? null : "# CLIENT_CREDENTIALS='…' CODE='…' CODE_VERIFIER='…'\ncurl --include --http1.1 --request POST 'http://127.0.0.1:41777/token' \\\n  --header \"Authorization: Basic $CLIENT_CREDENTIALS\" \\\n  --header 'Content-Type: application/x-www-form-urlencoded;charset=UTF-8' \\\n  --data-raw \"grant_type=authorization_code&code=$CODE&redirect_uri=http%3A%2F%2F127.0.0.1%3A53412%2Fcallback&code_verifier=$CODE_VERIFIER\"",
      copied: true, variables: [{ name: 'CODE', describes: 'authorization code, 43 characters' }, { name: 'CODE_VERIFIER', describes: 'code verifier, 43 characters' }], warnings: [],
    }),
    'export.preview': ({ runId, exchangeId, format }: { runId: string; exchangeId?: string; format: ExportFormat }) => previewOf(runs.get(runId) ?? [], format, exchangeId),
    // The engine is pure and runs in the page; the diagnosis of the app is made in Node.
    'compare.open': async ({ subjects }: { subjects: CompareSubject[] }) => compareSubjects(await Promise.all(subjects.map(async (subject): Promise<CompareInput> => {
      if (subject.kind === 'environment') return { kind: 'environment', subject, environment: (environments.find(({ config }) => config.id === subject.environmentId) as EnvironmentView).config, metadata: null };
      const events = runs.get(subject.runId) ?? [];
      return { kind: 'run', subject, events, diagnosis: (await explain(events)).diagnosis };
    }))),
    'compare.copy': () => null,
    'compare.save': () => ({ path: '/home/ada/comparison.html' }),
    'export.copy': () => ({ warnings: [] }),
    'export.save': () => ({ path: '/home/ada/run.har', warnings: [] }),
    'environment.saveFile': () => ({ path: '/home/ada/environments.grantscope.json', leftOut: [] }),
    'environment.openFile': () => ({
      token: id(77), fileName: 'team.grantscope.json',
      entries: [
        { index: 0, name: 'Staging', state: 'new' as const, existing: null, changes: [] },
        { index: 1, name: 'Practice', state: 'conflict' as const, existing: 'Practice', changes: [{ path: 'scope', here: '"openid"', file: '"openid profile offline_access"' }, { path: 'redirect.port', here: 'null', file: '53682' }] },
        { index: 2, name: 'Production', state: 'same' as const, existing: 'Production', changes: [] },
      ],
    }),
    'environment.keepFile': ({ choices }: { choices: unknown[] }) => ({ kept: choices.length, environmentId: null }),
    // Without the slices: the engine yields to the event loop of Node.
    'find.start': ({ searchId, query, filters }: CommandInput<'find.start'>) => {
      const chosen = summaries().filter((run) => passes(run, filters));
      setTimeout(() => chosen.forEach(({ id: runId }, index) => tell('find-progress', {
        searchId, done: index + 1, total: chosen.length, finished: index === chosen.length - 1, cut: false,
        hits: (runs.get(runId) ?? []).flatMap((event) => [...placesOf(event)]).flatMap(({ place, text, selection }) => {
          const match = matchIn(text, query);
          return match ? [{ runId, place, ...match, selection }] : [];
        }),
      })), 20);
      if (chosen.length === 0) setTimeout(() => tell('find-progress', { searchId, done: 0, total: 0, finished: true, cut: false, hits: [] }), 20);
      return null;
    },
    'find.cancel': () => null,
    'clipboard.copyText': () => null,
    'vault.retry': () => vault,
    'vault.reset': () => vault,
  };

  return {
    sent,
    goOn: (lost) => {
      const known = runs.get(id(9)) ?? [];
      const [first] = known;
      const whole = finishedRun(id(9), first?.at ?? 0, first?.mono ?? 0, true);
      runs.set(id(9), whole);
      whole.slice(known.length).forEach((event, index) => { if (index !== lost) tell('run-event', { runId: id(9), event }); });
      running.delete(id(9));
      tell('runs-changed', { runs: summaries() });
    },
    call: async (name, input) => {
      sent.push({ name, input });
      const answer = await (answers[name] as (input: unknown) => unknown)(structuredClone(input));
      if (answer !== null && typeof answer === 'object' && 'problem' in answer && 'code' in (answer.problem as object ?? {})) return { ok: false, problem: answer.problem } as never;
      return { ok: true, value: structuredClone(answer) } as never;
    },
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as never));
      return () => set.delete(listener as never);
    },
  };
}
