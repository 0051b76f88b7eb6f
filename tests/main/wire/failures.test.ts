import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemSchema } from '../../../src-main/contract/index.ts';
import type { FailureCode } from '../../../src-main/wire/index.ts';
import { failureOf, tlsCode, WireFailure } from '../../../src-main/wire/failures.ts';
import { problemOf } from '../../../src-main/wire/words.ts';

const withCode = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('failures by their code', () => {
  it.each<[string, FailureCode]>([
    ['ENOTFOUND', 'name-not-found'], ['EAI_AGAIN', 'name-not-found'], ['ECONNREFUSED', 'connection-refused'], ['ECONNRESET', 'connection-reset'], ['EPIPE', 'connection-reset'],
    ['ENETUNREACH', 'network-unreachable'], ['EHOSTUNREACH', 'network-unreachable'], ['ETIMEDOUT', 'time-limit-connect'], ['HPE_INVALID_CONSTANT', 'malformed-response'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-not-tls'], ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-protocol'], ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-protocol'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-client-certificate'], ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'tls-no-http1'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-failed'], ['ESOMETHING', 'network'],
  ])('%s is %s', (code, failure) => {
    expect(failureOf(withCode(code)).code).toBe(failure);
    expect(failureOf(new TypeError('fetch failed', { cause: withCode(code) })).code).toBe(failure);
  });

  it('several addresses that all refuse are a refusal', () => {
    expect(failureOf(Object.assign(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]), { code: 'ECONNREFUSED' })).code).toBe('connection-refused');
  });

  it.each<[string, FailureCode]>([
    ['CERT_HAS_EXPIRED', 'tls-expired'], ['CERT_REVOKED', 'tls-revoked'], ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-untrusted'], ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-untrusted'], ['', 'tls-untrusted'],
  ])('the verdict %j is %s: none is mistaken for trust', (verdict, failure) => {
    expect(tlsCode(verdict)).toBe(failure);
  });

  it('whatever is thrown becomes a problem with words', () => {
    fc.assert(fc.property(fc.anything(), (thrown) => {
      const problem = problemOf(failureOf(thrown), 'idp.example');
      expect(problemSchema.parse(problem)).toEqual(problem);
    }));
  });

  it('a failure passes as it is and keeps its field', () => {
    expect(problemOf(failureOf(new Error('outer', { cause: new WireFailure('invalid-header', 'why', 'X-A') })), 'h')).toMatchObject({ code: 'invalid-header', why: 'why', field: 'X-A' });
  });
});
