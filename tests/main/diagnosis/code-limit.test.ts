import { describe, expect, it } from 'vitest';
import { emptyRunState, environmentSchema } from '../../../src-main/contract/index.ts';
import { codeLimitOf } from '../../../src-main/diagnosis/index.ts';

const environment = (provider: unknown) => environmentSchema.parse({
  id: '11111111-1111-4111-8111-111111111111', name: 'E', provider, client: { id: 'c', authMethod: 'none' }, scope: 'openid', redirect: { host: '127.0.0.1', port: null, path: '/cb' }, pkce: 'S256',
});
const withIssuer = (issuer: string) => ({
  ...emptyRunState(), environment: environment({ kind: 'discovery', issuer }),
  metadata: { type: 'metadata-read' as const, seq: 1, at: 0, mono: 0, boot: 'b', step: 's', source: 'openid-configuration' as const, findings: [], metadata: { issuer, token_endpoint: `${issuer}/oauth2/token` } },
});

describe('the limit of a code', () => {
  it('is unknown for a provider nobody knows, and for a Run without anything', () => {
    expect(codeLimitOf(withIssuer('https://as.example.test'))).toBeNull();
    expect(codeLimitOf(emptyRunState())).toBeNull();
  });

  it('is the practice provider’s own setting there', () => {
    expect(codeLimitOf({ ...emptyRunState(), environment: environment({ kind: 'practice', lifetimes: { authorizationCode: 7 } }) })).toMatchObject({ seconds: 7 });
  });

  it('comes from what is known of a provider, with its source', () => {
    const known = codeLimitOf(withIssuer('https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_x'));
    expect(known).toMatchObject({ seconds: 300 });
    expect(known?.from).toContain('https://');
  });
});
