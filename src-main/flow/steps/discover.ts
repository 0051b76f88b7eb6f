import type { RunEventOf } from '../../contract/index.ts';
import { discover, manualMetadata } from '../../environment/index.ts';
import { send } from '../../wire/index.ts';
import type { FlowContext } from '../context.ts';
import { recordExchange } from '../context.ts';
import { userAgent } from '../request.ts';
import { limitsOf, trustOf } from '../trust.ts';
import type { StepResult } from '../steps.ts';
import { done, failed, runStep } from '../steps.ts';

/**
 * Finds the endpoints: OpenID Connect Discovery, then RFC 8414; or takes the ones typed in.
 * Findings (another issuer in the document, an endpoint on another host) are reported and stop nothing.
 */
export function discoverStep(context: FlowContext): Promise<StepResult<null>> {
  const { request: limit } = context.environment.limits;
  return runStep(context.recorder, context.cancel, { kind: 'discover', limit: limit * 4 }, async ({ step, signal }) => {
    const { provider } = context.environment;
    if (provider.kind === 'manual') {
      recordMetadata(context, step, 'manual', manualMetadata(provider.endpoints), []);
      return done(null);
    }
    const found = await discover(context.client.issuer ?? '', async (wanted) => {
      const exchange = await send({
        ...wanted,
        headers: [...wanted.headers, ['User-Agent', userAgent(context)]],
        signal,
        trust: await trustOf(context, wanted.url),
        limits: limitsOf(context.environment),
      });
      recordExchange(context, step, exchange);
      return exchange;
    });
    if (!found.ok) return failed(found.problem);
    recordMetadata(context, step, found.value.source, found.value.metadata, found.value.findings);
    return done(null);
  });
}

function recordMetadata(
  context: FlowContext, step: string, source: RunEventOf<'metadata-read'>['source'],
  metadata: Record<string, unknown>, findings: RunEventOf<'metadata-read'>['findings'],
): void {
  const setup = context.ports.setupFindings?.(context.environment, metadata, context.client.secret !== null) ?? [];
  context.recorder.record({ type: 'metadata-read', step, source, metadata, findings: [...findings, ...setup] });
}
