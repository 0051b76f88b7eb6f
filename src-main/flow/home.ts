import { getDomain } from 'tldts';
import type { Environment, Exchange, Purpose, RunState } from '../contract/index.ts';
import { isThisMachine } from '../wire/index.ts';
import type { FlowContext } from './context.ts';
import { StepProblem } from './step-problem.ts';

/** Whether a URL is of the hosts that the secrets of a Run's environment belong to. */
export function isHome(state: RunState, url: string): boolean {
  return URL.canParse(url) && hostsOf(state).has(new URL(url).origin);
}

/** Origins this environment's secrets belong to: of its configuration and of the metadata the Run read from there. */
function hostsOf(state: RunState): Set<string> {
  const origins = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string' && URL.canParse(value)) origins.add(new URL(value).origin);
  };
  const provider = state.environment?.provider;
  if (provider?.kind === 'discovery') add(provider.issuer);
  if (provider?.kind === 'manual') Object.values(provider.endpoints).forEach(add);
  const { metadata = {} } = state.metadata ?? {};
  const aliases = metadata['mtls_endpoint_aliases'];
  const named = [...Object.entries(metadata), ...Object.entries(typeof aliases === 'object' && aliases !== null ? aliases : {})];
  for (const [name, value] of named) if (name === 'issuer' || name === 'jwks_uri' || name.endsWith('_endpoint')) add(value);
  return origins;
}

/**
 * Whether a URL belongs to the environment by what the person entered: the same site as the issuer or an endpoint typed by hand (registrable
 * domain, by the Public Suffix List), a host the provider is known to use, one that was allowed, or this machine
 * for an issuer on this machine. What a discovery document says is no reason: it could name any host, also a port here that somebody else has.
 */
export function isAtHome(context: Pick<FlowContext, 'environment' | 'client' | 'ports'>, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { client, ports } = context;
  const environment = presentOf(context);
  const { hostname, host, protocol } = new URL(url);
  const entered = enteredBy(environment, client.issuer);
  if (isThisMachine(hostname) && entered.some((other) => URL.canParse(other) && isThisMachine(new URL(other).hostname))) return true;
  const own = [...entered, ...(ports.knownHosts?.(environment) ?? []).map((known) => `https://${known}/`), ...(environment.allowedHosts ?? []).map((allowed) => `https://${allowed}/`)];
  return own.filter((other) => URL.canParse(other)).some((other) => {
    const site = new URL(other);
    if (!entered.includes(other)) return site.host === host;
    // Who typed in https does not want the secret sent where anybody on the way can read it.
    if (site.protocol === 'https:' && protocol !== 'https:') return false;
    return site.hostname === hostname || (siteOf(hostname) !== null && siteOf(site.hostname) === siteOf(hostname));
  });
}

/**
 * The environment of a Run as it is configured now, or as it was when the Run began where it is stored nowhere. Its secrets are those of now:
 * they belong to the hosts of now, and an exception that was taken back holds for older Runs neither.
 */
export function presentOf({ environment, ports }: Pick<FlowContext, 'environment' | 'ports'>): Environment {
  return ports.present?.(environment.id) ?? environment;
}

const siteOf = (hostname: string): string | null => getDomain(hostname, { allowPrivateDomains: true });

function enteredBy({ provider }: Environment, issuer: string | null): string[] {
  switch (provider.kind) {
    case 'discovery': return [provider.issuer];
    case 'manual': return Object.values(provider.endpoints).filter((endpoint) => typeof endpoint === 'string');
    case 'practice': return issuer === null ? [] : [issuer];
  }
}

/** What these requests carry that is not for everybody: the client's secret or assertion, codes, tokens. */
const carriesSecrets: ReadonlySet<Purpose> = new Set(['token', 'par', 'revocation', 'introspection', 'device', 'userinfo', 'resource']);

/**
 * Before secrets leave for a host that is not the environment's, the person is asked, with what named that host.
 *
 * @throws {StepProblem} `foreign-host` where the person does not allow it, or nobody can be asked
 */
export async function keepHome(context: FlowContext, purpose: Exchange['purpose'], url: string): Promise<void> {
  if (!carriesSecrets.has(purpose) || isAtHome(context, url)) return;
  const { host } = new URL(url);
  const { recorder, cancel } = context;
  // Allowed once is allowed for this Run.
  if (recorder.gate.allowedHosts.has(host)) return;
  const namedBy = namedByOf(context, url);
  if (recorder.gate.asks && await recorder.gate.askAbout(host, recorder, { before: recorder.state.steps.at(-1)?.kind ?? 'exchange', namedBy }, cancel)) return;
  throw new StepProblem({
    code: 'foreign-host', message: `Secrets of this environment would go to ${host}, which is not the issuer's site${/^http:/i.test(url) ? ' or not over TLS' : ''}.`, why: `${namedBy} names it. Whoever wrote that decides where the secrets go.`,
    next: 'If that host is the provider\u2019s, allow it for this environment; nothing has been sent.', field: 'allowedHosts',
  });
}

function namedByOf({ recorder }: FlowContext, url: string): string {
  const { metadata } = recorder.state;
  const name = Object.entries(metadata?.metadata ?? {}).find(([, value]) => value === url)?.[0];
  const source = metadata?.source === 'manual' ? 'The endpoints typed in by hand' : metadata === null ? 'The configuration' : `The discovery document (${metadata.source})`;
  return name === undefined ? source : `${source}, as ${name},`;
}
