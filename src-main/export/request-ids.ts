import type { Exchange } from '../contract/index.ts';
import { messageParts, utf8Of } from '../contract/index.ts';

/** An id by which a provider finds a request in its logs. */
export interface RequestId { name: string; value: string; exchangeId: string; at: number }

const HEADERS: ReadonlySet<string> = new Set([
  'x-request-id', 'request-id', 'x-correlation-id', 'correlation-id', 'x-trace-id', 'traceparent', 'x-b3-traceid', 'x-ms-request-id', 'x-ms-correlation-request-id',
  'client-request-id', 'x-ms-ests-server', 'x-okta-request-id', 'x-auth0-requestid', 'cf-ray', 'x-amzn-requestid', 'x-amzn-trace-id', 'x-amz-cf-id', 'x-cloud-trace-context',
  'x-github-request-id', 'fbtrace_id', 'x-fb-trace-id', 'x-fb-request-id', 'x-goog-request-id', 'x-guploader-uploadid', 'x-sfdc-request-id', 'x-vcap-request-id',
  'x-kong-request-id', 'x-envoy-request-id', 'x-datadog-trace-id', 'x-transaction-id', 'x-li-uuid', 'x-li-fabric', 'x-slack-req-id', 'paypal-debug-id', 'x-trace', 'x-runtime-id', 'x-gitlab-request-id',
]);
const MEMBER = /"(correlation_id|correlationId|trace_id|traceId|request_id|requestId|errorId|error_id|fbtrace_id|debug_id|transaction_id|incident_id|support_id|log_id)"\s*:\s*"([^"\\]{4,200})"/g;

/** The ids a provider returned with its answers, in order, each once an exchange. Nothing of an answer that was masked. */
export function requestIdsOf(exchanges: Iterable<Exchange>): RequestId[] {
  const found: RequestId[] = [];
  for (const { id, response, times } of exchanges) {
    if (response === null) continue;
    const seen = new Set<string>();
    const add = (name: string, value: string): void => {
      const text = value.trim().slice(0, 300);
      if (text === '' || seen.has(text)) return;
      seen.add(text);
      found.push({ name, value: text, exchangeId: id, at: times.started });
    };
    for (const { name, value } of messageParts(response.raw.slice(0, response.headLength)).headers) if (HEADERS.has(name.toLowerCase())) add(name, utf8Of(value));
    const body = response.body.slice(0, 200_000);
    for (const [, name = '', value = ''] of body.matchAll(MEMBER)) add(name, utf8Of(value));
    // Microsoft's descriptions carry them in words.
    for (const [, name = '', value = ''] of body.matchAll(/\b(Trace ID|Correlation ID): ([0-9a-fA-F-]{36})/g)) add(name, value);
  }
  return found;
}
