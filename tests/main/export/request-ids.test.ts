import { describe, expect, it } from 'vitest';
import { requestIdsOf } from '../../../src-main/export/request-ids.ts';
import { exchangeOf, post } from '../wire/secrets/events.ts';

const idsOf = (head: string, body = '{}'): [string, string][] => requestIdsOf([exchangeOf(post('a=b'), { head, body })]).map(({ name, value }) => [name, value]);

describe('request ids', () => {
  it.each([
    'x-request-id', 'Request-Id', 'x-ms-request-id', 'X-Correlation-ID', 'correlation-id', 'client-request-id', 'traceparent', 'cf-ray', 'x-amzn-RequestId', 'x-amzn-trace-id', 'x-amz-cf-id', 'x-amz-request-id', 'x-okta-request-id',
    'x-auth0-requestid', 'x-datadog-trace-id', 'x-cloud-trace-context', 'b3', 'x-b3-traceid', 'x-trace-id', 'fbtrace_id', 'x-github-request-id', 'x-gitlab-request-id', 'x-vercel-id', 'x-azure-ref', 'ms-cv', 'sentry-trace', 'uber-trace-id',
    'x-pingidentity-request-id', 'x-spotify-request-id', 'x-slack-req-id', 'paypal-debug-id', 'intuit_tid', 'opc-request-id',
  ])('are found in the header %s', (name) => {
    expect(idsOf(`${name}: id-0123456789\r\n`)).toEqual([[name, 'id-0123456789']]);
  });

  it.each(['correlation_id', 'correlationId', 'trace_id', 'traceId', 'request_id', 'requestId', 'errorId', 'fbtrace_id', 'debug_id', 'transaction_id', 'support_id'])('are found in the member %s of an error, however deep', (name) => {
    expect(idsOf('', JSON.stringify({ error: { code: 1, details: [{ [name]: 'id-0123456789' }] } }))).toEqual([[name, 'id-0123456789']]);
    expect(idsOf('', JSON.stringify({ [name]: 123456789 }))).toEqual([[name, '123456789']]);
  });

  it('are found in the words of a description and in the instance of a problem', () => {
    const description = 'AADSTS70008: expired. Trace ID: 0a1b2c3d-0000-4000-8000-000000000001 Correlation ID: 0a1b2c3d-0000-4000-8000-000000000002 Timestamp: 2026';
    expect(idsOf('', JSON.stringify({ error: 'invalid_grant', error_description: description }))).toEqual([['Trace ID', '0a1b2c3d-0000-4000-8000-000000000001'], ['Correlation ID', '0a1b2c3d-0000-4000-8000-000000000002']]);
    expect(idsOf('', '{"type":"about:blank","instance":"urn:uuid:0a1b2c3d"}')).toEqual([['instance', 'urn:uuid:0a1b2c3d']]);
  });

  it('are no times, sizes or tokens, each id stands once', () => {
    expect(idsOf('date: Thu, 01 Jan 2026 00:00:00 GMT\r\netag: "abc"\r\nx-request-id: same\r\nx-correlation-id: same\r\n', '{"access_token":"abcdef","client_id":"abcdef","expires_in":3600}')).toEqual([['x-request-id', 'same']]);
  });
});
