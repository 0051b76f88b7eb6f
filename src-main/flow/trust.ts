import type { Trust } from '../wire/index.ts';
import type { FlowContext } from './context.ts';
import { StepProblem } from './step-problem.ts';

/**
 * How the connections of this Run are secured beyond the usual: the client certificate of the environment, where it has one (RFC 8705).
 *
 * @throws {StepProblem} where the key of the certificate cannot be read
 */
export async function trustOf(context: FlowContext): Promise<Trust> {
  const certificate = await context.client.clientCertificate?.() ?? { ok: true as const, value: null };
  if (!certificate.ok) throw new StepProblem(certificate.problem);
  return { ...(certificate.value !== null && { clientCertificate: certificate.value }) };
}
