import type { Environment, Exchange, Problem, Result, RunEvent, RunSummary, VaultStatus } from './contract/index.ts';
import { fail, ok, unreachable, usesCertificate, usesClientSecret } from './contract/index.ts';
import type { Ledger } from './diagnosis/index.ts';
import { ledgerEntriesOf, ledgerHash } from './diagnosis/index.ts';
import { EnvironmentStore } from './environment/index.ts';
import type { OpenBrowser, ResolvedClient } from './flow/index.ts';
import { EnvironmentKeys, FlowService, limitsOf, StepProblem, systemClock, wayTo } from './flow/index.ts';
import { providerHosts, setupFindings } from './setup-findings.ts';
import type { History } from './history/index.ts';
import { LocalCertificates } from './local-certificates.ts';
import type { Vault } from './vault/index.ts';
import type { PracticeInfo } from './practice/provider.ts';
import type { WireRequest } from './wire/index.ts';
import { send } from './wire/index.ts';

/** The practice provider as the services use it; in its own process in the app, in this one in the command line. */
export interface Practice {
  start(lifetimes: { authorizationCode: number; accessToken: number; idToken: number; refreshToken: number }): Promise<Result<PracticeInfo>>;
  stop(): Promise<void>;
}

export interface Services {
  vault: Vault;
  history: History;
  environments: EnvironmentStore;
  keys: EnvironmentKeys;
  flows: FlowService;
  practice: Practice;
  localCertificates: LocalCertificates;
  /** Fetches documents for a setup outside of a Run, with the proxy, authorities and limits of that environment. */
  fetcher(environment: Pick<Environment, 'trust' | 'limits'>): (request: WireRequest) => Promise<Exchange>;
  /** Every code and refresh token ever sent, up to date at the call. */
  ledger(): Ledger;
}

export interface Parts {
  vault: Vault;
  history: History;
  practice: Practice;
  versions: Record<string, string>;
  openBrowser(request: OpenBrowser): Promise<Result<null>>;
  systemProxy?(url: string): Promise<string | null>;
  /** Hosts that secrets may go to beside what the environments say. */
  allowedHosts?: readonly string[];
  /** There is a window in which a person can be asked. */
  asks?: boolean;
  onEvent(runId: string, event: RunEvent): void;
  onRunning(runId: string, running: boolean): void;
}

/** Joins the rooms to the services that the app and the command line share. */
export function createServices(parts: Parts): Services {
  const { vault, history, practice } = parts;
  const environments = new EnvironmentStore(history.environments);
  const keys = new EnvironmentKeys(vault.privateKeys);
  const localCertificates = new LocalCertificates(vault);
  const flows = new FlowService({
    clock: systemClock,
    versions: parts.versions,
    resolveClient: (environment) => resolveClient(environment, vault, practice, keys),
    localCertificate: () => localCertificates.current(),
    setupFindings: (environment, metadata, hasSecret) => setupFindings(environment, metadata, hasSecret ? 'stored' : 'absent').findings,
    knownHosts: providerHosts,
    ...(parts.systemProxy && { systemProxy: parts.systemProxy }),
    asks: parts.asks ?? false,
    present: (id) => {
      const stored = environments.get(id);
      return stored && { ...stored, allowedHosts: [...(stored.allowedHosts ?? []), ...(parts.allowedHosts ?? [])] };
    },
    openBrowser: parts.openBrowser,
    sink: (runId, event) => {
      history.append(runId, event);
      parts.onEvent(runId, event);
    },
    onRunning: parts.onRunning,
    load: (runId) => history.read(runId),
  });
  const fetcher: Services['fetcher'] = (environment) => async (request) => send({ ...request, trust: await wayTo(environment, request.url, parts.systemProxy), limits: limitsOf(environment) });
  return { vault, history, environments, keys, flows, practice, localCertificates, fetcher, ledger: () => ledgerOver(history, vault.fingerprintKey()) };
}

function ledgerOver(history: History, key: Uint8Array): Ledger {
  const find = history.ledger((events) => ledgerEntriesOf(events, key));
  return { find: (kind, value) => find(ledgerHash(key, kind, value)) };
}

async function resolveClient(environment: Environment, vault: Vault, practice: Practice, keys: EnvironmentKeys): Promise<Result<ResolvedClient>> {
  const { provider, client } = environment;
  const proofKey: ResolvedClient['proofKey'] = (alg) => keys.proofKey(environment.id, alg);
  switch (provider.kind) {
    case 'practice': {
      const started = await practice.start(provider.lifetimes);
      if (!started.ok) return started;
      const { issuer, clients } = started.value;
      return provider.client === 'public'
        ? ok({ issuer, clientId: clients.public.id, authMethod: 'none', secret: null, proofKey })
        : ok({ issuer, clientId: clients.confidential.id, authMethod: client.authMethod === 'client_secret_post' ? client.authMethod : 'client_secret_basic', secret: clients.confidential.secret, proofKey });
    }
    case 'discovery':
    case 'manual': {
      const secret = usesClientSecret(client.authMethod) ? await readSecret(environment.id, vault) : ok(null);
      if (!secret.ok) return secret;
      return ok({
        issuer: provider.kind === 'discovery' ? provider.issuer : null,
        clientId: client.id, authMethod: client.authMethod, secret: secret.value, proofKey,
        ...keysOf(environment, keys),
      });
    }
    default: return unreachable(provider);
  }
}

function keysOf({ id, client, clientAuth }: Environment, keys: EnvironmentKeys): Pick<ResolvedClient, 'signingKey' | 'clientCertificate'> {
  const certificate = clientAuth?.certificate;
  return {
    signingKey: async () => {
      const key = keys.clientKey(id);
      if (!key.ok) throw new StepProblem(key.problem);
      return key.value;
    },
    ...((usesCertificate(client.authMethod) || certificate !== undefined) && { clientCertificate: async () => keys.certificate(id, certificate) }),
  };
}

async function readSecret(environmentId: string, vault: Vault): Promise<Result<string | null>> {
  const secret = await vault.getSecret(environmentId);
  if (!secret.ok) return fail({ ...secret.problem, field: 'client.secret' });
  return ok(secret.value?.expose() ?? null);
}

export type { Problem, RunSummary, VaultStatus };
