import type { Environment } from '../contract/index.ts';
import type { Trust, WireLimits } from '../wire/index.ts';
import { isThisMachine } from '../wire/index.ts';
import type { FlowContext } from './context.ts';
import { isAtHome, presentOf } from './home.ts';
import { StepProblem } from './step-problem.ts';

/**
 * How a connection of this Run is made: the environment's authorities, the certificate that was accepted for that host, the proxy, and the
 * client certificate of the environment (RFC 8705), which is shown to its own hosts only.
 *
 * @throws {StepProblem} where the key of the client certificate cannot be read
 */
export async function trustOf(context: FlowContext, url: string): Promise<Trust> {
  const shown = isAtHome(context, url) || context.recorder.gate.allowedHosts.has(new URL(url).host);
  const own = shown ? await context.client.clientCertificate?.() ?? { ok: true as const, value: null } : { ok: true as const, value: null };
  if (!own.ok) throw new StepProblem(own.problem);
  return { ...await wayTo(presentOf(context), url, context.ports.systemProxy), ...(own.value !== null && { clientCertificate: own.value }) };
}

/**
 * The part of it that needs no Run: which certificates are accepted, and the proxy.
 *
 * @param systemProxy the proxy this machine uses for a URL
 */
export async function wayTo({ trust }: Pick<Environment, 'trust'>, url: string, systemProxy?: (url: string) => Promise<string | null>): Promise<Trust> {
  const proxy = await proxyFor(trust, url, systemProxy);
  return { ...serverTrust({ trust }, url), ...(proxy !== null && { proxy }) };
}

/** Which certificates are accepted at the host of a URL. */
export function serverTrust({ trust }: Pick<Environment, 'trust'>, url: string): Trust {
  const { host } = new URL(url);
  const pinned = trust?.pinned?.find((one) => one.host.toLowerCase() === host.toLowerCase());
  return {
    ...(trust?.ca !== undefined && { ca: trust.ca.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [] }),
    ...(pinned && { pinnedFingerprint256: pinned.fingerprint256 }),
  };
}

async function proxyFor(trust: Environment['trust'], url: string, systemProxy?: (url: string) => Promise<string | null>): Promise<string | null> {
  const proxy = trust?.proxy ?? { kind: 'system' };
  if (proxy.kind === 'none' || isThisMachine(new URL(url).hostname)) return null;
  return proxy.kind === 'explicit' ? proxy.url : (await systemProxy?.(url) ?? null);
}

/** The time limits of each request, in milliseconds. A server that is silent for less than the person set is waited for. */
export function limitsOf({ limits }: Pick<Environment, 'limits'>): Partial<WireLimits> {
  const phases = (['connect', 'tls', 'firstByte', 'body'] as const).flatMap((name) => (limits[name] === undefined ? [] : [[name, limits[name] * 1000]]));
  return { total: limits.request * 1000, idle: (limits.silence ?? limits.request) * 1000, ...Object.fromEntries(phases) as Partial<WireLimits> };
}
