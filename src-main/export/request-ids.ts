import type { Exchange } from '../contract/index.ts';
import { messageParts, utf8Of } from '../contract/index.ts';

/** An id by which a provider finds a request in its logs. */
export interface RequestId { name: string; value: string; exchangeId: string; at: number }

const HEADERS: ReadonlySet<string> = new Set([
  'x-request-id', 'request-id', 'x-correlation-id', 'correlation-id', 'x-trace-id', 'traceparent', 'x-b3-traceid', 'x-ms-request-id', 'x-ms-correlation-request-id',
  'client-request-id', 'x-ms-ests-server', 'x-okta-request-id', 'x-auth0-requestid', 'cf-ray', 'x-amzn-requestid', 'x-amzn-trace-id', 'x-amz-cf-id', 'x-cloud-trace-context',
  'x-github-request-id', 'fbtrace_id', 'x-fb-trace-id', 'x-fb-request-id', 'x-goog-request-id', 'x-guploader-uploadid', 'x-sfdc-request-id', 'x-vcap-request-id',
  'x-kong-request-id', 'x-envoy-request-id', 'x-datadog-trace-id', 'x-transaction-id', 'x-li-uuid', 'x-li-fabric', 'x-slack-req-id', 'paypal-debug-id', 'x-trace', 'x-runtime-id', 'x-gitlab-request-id',
  'x-requestid', 'requestid', 'x-correlationid', 'correlationid', 'x-amz-request-id', 'x-amz-id-2', 'x-azure-ref', 'x-arr-log-id', 'x-ms-activity-id', 'ms-request-id', 'ms-cv', 'x-trace-context',
  'trace-id', 'traceid', 'tracestate', 'x-datadog-parent-id', 'b3', 'x-b3-spanid', 'uber-trace-id', 'sentry-trace', 'x-cdn-request-id', 'x-akamai-request-id', 'x-fastly-request-id', 'x-vercel-id', 'fly-request-id',
  'x-nf-request-id', 'x-pingidentity-request-id', 'x-pingone-correlation-id', 'x-stripe-request-id', 'x-shopify-request-id', 'x-zendesk-request-id', 'x-hubspot-correlation-id', 'x-adobe-request-id',
  'intuit_tid', 'x-intuit-tid', 'atl-traceid', 'x-arequestid', 'x-discord-request-id', 'x-spotify-request-id', 'x-transaction', 'x-log-id', 'x-tt-logid', 'eagleid', 'x-oracle-dms-ecid', 'opc-request-id', 'x-global-transaction-id', 'x-error-reference', 'x-incident-id',
]);
const MEMBER = /"(correlation_?id|trace_?id|request_?id|error_?id|errorReference|fbtrace_id|debug_id|transaction_?id|incident_?id|support_?id|log_?id|activity_?id|event_?id|reference_?id|instance_?id)"\s*:\s*(?:"([^"\\]{4,200})"|(\d{4,40})(?=\s*[,}]))/gi;

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
    for (const [, name = '', text, number = ''] of body.matchAll(MEMBER)) add(name, utf8Of(text ?? number));
    // An RFC 9457 problem names its occurrence by a URI.
    for (const [, value = ''] of body.matchAll(/"(?:instance)"\s*:\s*"([^"\\]{4,200})"/g)) add('instance', utf8Of(value));
    // Microsoft's descriptions carry them in words.
    for (const [, name = '', value = ''] of body.matchAll(/\b(Trace ID|Correlation ID|Request ID|Activity ID): ?([0-9a-fA-F-]{16,64})/gi)) add(name, value);
  }
  return found;
}
