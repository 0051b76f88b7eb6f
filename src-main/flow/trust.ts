import type { Environment } from '../contract/index.ts';
import type { Trust, WireLimits } from '../wire/index.ts';
import { isThisMachine } from '../wire/index.ts';
import type { FlowContext } from './context.ts';
import { isAtHome } from './home.ts';
import { StepProblem } from './step-problem.ts';

/**
 * How a connection of this Run is made: the environment's authorities, the certificate that was accepted for that host, the proxy, and the
 * client certificate of the environment (RFC 8705), which is shown to its own hosts only.
 *
 * @throws {StepProblem} where the key of the client certificate cannot be read
 */
export async function trustOf(context: FlowContext, url: string): Promise<Trust> {
  const own = isAtHome(context, url) ? await context.client.clientCertificate?.() ?? { ok: true as const, value: null } : { ok: true as const, value: null };
  if (!own.ok) throw new StepProblem(own.problem);
  const proxy = await proxyFor(context, url);
  return { ...serverTrust(context.environment, url), ...(own.value !== null && { clientCertificate: own.value }), ...(proxy !== null && { proxy }) };
}

/** The part of it that needs no Run: which certificates are accepted. */
export function serverTrust({ trust }: Pick<Environment, 'trust'>, url: string): Trust {
  const { host } = new URL(url);
  const pinned = trust?.pinned?.find((one) => one.host.toLowerCase() === host.toLowerCase());
  return {
    ...(trust?.ca !== undefined && { ca: trust.ca.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [] }),
    ...(pinned && { pinnedFingerprint256: pinned.fingerprint256 }),
  };
}

async function proxyFor({ environment, ports }: FlowContext, url: string): Promise<string | null> {
  const proxy = environment.trust?.proxy ?? { kind: 'system' };
  if (proxy.kind === 'none' || isThisMachine(new URL(url).hostname)) return null;
  return proxy.kind === 'explicit' ? proxy.url : (await ports.systemProxy?.(url) ?? null);
}

/** The time limits of each request, in milliseconds. A server that is silent for less than the person set is waited for. */
export function limitsOf({ limits }: Pick<Environment, 'limits'>): Partial<WireLimits> {
  return { total: limits.request * 1000, idle: (limits.silence ?? limits.request) * 1000, ...(limits.connect !== undefined && { connect: limits.connect * 1000 }) };
}
