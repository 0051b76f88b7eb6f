import type { AuthorizationServer, Client } from 'oauth4webapi';
import type { BrowserMode, Environment, Exchange, NewRunEvent, Problem, Result, RunEventOf, RunOptions, SigningAlgorithm } from '../contract/index.ts';
import { usesCertificate } from '../contract/index.ts';
import type { ClientCertificate } from './client-auth/client-keys.ts';
import type { ClientKey } from './client-key.ts';
import type { LocalCertificate } from '../receiver/index.ts';
import type { Clock } from './clock.ts';
import type { Recording } from './recorder.ts';

/** The client of an environment as it is used now: practice clients resolved, the secret in plain for the requests of this step. */
export interface ResolvedClient {
  /** Issuer to discover; `null` where the endpoints were typed in. */
  issuer: string | null;
  clientId: string;
  authMethod: Environment['client']['authMethod'];
  /** `null` where none is stored. */
  secret: string | null;
  /** The client's private key; `null` where none is stored. Asked for when a step needs it. */
  signingKey?(): Promise<ClientKey | null>;
  /** The certificate shown in TLS handshakes, with its key; `null` where the environment has none. */
  clientCertificate?(): Promise<Result<ClientCertificate | null>>;
  /** The key kept with the environment that tokens are bound to (RFC 9449), made where there is none yet. */
  proofKey?(alg: SigningAlgorithm): Promise<Result<ClientKey>>;
}

export interface OpenBrowser {
  mode: BrowserMode;
  url: string;
  redirectUri: string;
  runId: string;
  signal: AbortSignal;
  /** A browser of our own keeps its login under this name for further runs; a throw-away session without it. */
  keepLogin?: string | undefined;
  onHop(hop: Omit<RunEventOf<'front-channel-hop'>, 'seq' | 'at' | 'mono' | 'boot' | 'type' | 'step'>): void;
  /** The person closed the browser before it came back; only a browser of our own can tell. */
  onClosed(): void;
}

/** What a flow needs from outside itself; the composition root gives the real ones. */
export interface FlowPorts {
  clock: Clock;
  versions: Record<string, string>;
  /** Reads the secret, starts the practice provider if the environment is practice. */
  /** What in the configuration will fail or surprise, judged against the metadata; recorded with it. */
  setupFindings?(environment: Environment, metadata: Record<string, unknown>, hasSecret: boolean): Problem[];
  /** Hosts the environment's provider is known to use, from data with a source. */
  knownHosts?(environment: Environment): string[];
  /** The proxy this machine uses for a URL. */
  systemProxy?(url: string): Promise<string | null>;
  /** An environment as it is configured now; `null` where it is not stored. */
  present?(id: string): Environment | null;
  /** There is a person who can be asked while a Run waits. */
  asks?: boolean;
  resolveClient(environment: Environment): Promise<Result<ResolvedClient>>;
  openBrowser(request: OpenBrowser): Promise<Result<null>>;
  /** The certificate of an https redirect listener; without it each listener makes its own. */
  localCertificate?(): Promise<Result<LocalCertificate>>;
}

/** All that the steps of one Run share. */
export interface FlowContext {
  readonly ports: FlowPorts;
  readonly recorder: Recording;
  readonly environment: Environment;
  readonly client: ResolvedClient;
  readonly browser: BrowserMode;
  readonly options?: RunOptions | undefined;
  readonly cancel: AbortSignal;
}

/** The provider's metadata; a client that shows a certificate uses the endpoints that ask for one (RFC 8705 §5). */
function metadataOf({ recorder, environment, client }: FlowContext): Record<string, unknown> {
  const metadata = recorder.state.metadata?.metadata ?? {};
  const aliases = metadata['mtls_endpoint_aliases'];
  const mutual = usesCertificate(client.authMethod) || environment.clientAuth?.certificate !== undefined;
  if (!mutual || typeof aliases !== 'object' || aliases === null) return metadata;
  const usable = Object.entries(aliases).filter(([name, value]) => name.endsWith('_endpoint') && typeof value === 'string' && URL.canParse(value));
  return { ...metadata, ...Object.fromEntries(usable) };
}

/** Metadata of the authorization server as oauth4webapi wants it; `issuer` falls back to the token endpoint's origin for hand-typed endpoints. */
export function serverOf(context: FlowContext): AuthorizationServer {
  const metadata = metadataOf(context);
  const issuer = typeof metadata['issuer'] === 'string' ? metadata['issuer'] : (context.client.issuer ?? 'urn:grantscope:issuer-unknown');
  return { ...metadata, issuer } as AuthorizationServer;
}

export function clientOf(context: FlowContext): Client {
  return { client_id: context.client.clientId };
}

/** The issuer the ID token and `iss` are held against: the configured one, not the one the server states. */
export function expectedIssuer(context: FlowContext): string | null {
  return context.client.issuer ?? (context.environment.provider.kind === 'manual' ? (context.environment.provider.endpoints.issuer ?? null) : null);
}

/** An endpoint of the metadata, or the problem that says it is not there and where to enter it. */
export function endpointOf(context: FlowContext, name: string): { ok: true; value: string } | { ok: false; problem: Problem } {
  const value = metadataOf(context)[name];
  if (typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value)) return { ok: true, value };
  return {
    ok: false,
    problem: {
      code: 'endpoint-missing',
      message: `The provider's metadata names no usable ${name}.`,
      why: value === undefined ? 'The member is absent.' : 'The member is not an http(s) URL.',
      next: 'Enter the endpoints by hand in the environment, or ask the provider for the right issuer.',
    },
  };
}

export function recordExchange(context: FlowContext, step: string, exchange: Exchange): void {
  context.recorder.record({ type: 'exchange-recorded', step, exchange } satisfies NewRunEvent);
}
