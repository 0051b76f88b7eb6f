import { describe, expect, it } from 'vitest';
import { authorize, diagnosed, finding, redeem, run, token } from './runs.ts';

const keycloak = 'https://sso.test/realms/main/protocol/openid-connect';
const parts = (): Parameters<typeof run> => [
  authorize({ url: `${keycloak}/auth`, parameters: { redirect_uri: undefined } }),
  token({ url: `${keycloak}/token`, parameters: redeem({ code_verifier: 'A'.repeat(43) }), body: { error: 'invalid_grant', error_description: 'PKCE verification failed: Code mismatch' } }),
];

describe('what the answer proves passed', () => {
  it('clears the earlier checks of a provider whose order is known, with its source', () => {
    const diagnosis = diagnosed(run(...parts()));
    expect(diagnosis.causes[0]?.id).toBe('pkce_mismatch');
    const cleared = finding(diagnosis, 'code_expired').evidence.find(({ text }) => text.includes('checks this before'));
    expect(cleared?.source).toMatch(/^https:\/\/github.com\/keycloak/);
    expect(finding(diagnosis, 'user_disabled').evidence.some(({ weight }) => weight < 0)).toBe(true);
  });

  it('invents none for an unknown server', () => {
    const diagnosis = diagnosed(run(authorize(), token({ body: { error: 'invalid_grant', error_description: 'PKCE verification failed' }, parameters: redeem({ code_verifier: 'A'.repeat(43) }) })));
    for (const { evidence } of diagnosis.causes) expect(evidence.some(({ text }) => text.includes('checks this before'))).toBe(false);
  });
});

describe('messages that mislead', () => {
  it('“invalid code” for a missing redirect URI', () => {
    const diagnosis = diagnosed(run(authorize(), token({ url: 'https://discord.com/api/oauth2/token', body: { error: 'invalid_request', error_description: 'Invalid "code" in request.' }, parameters: redeem({ redirect_uri: undefined }) })));
    expect(diagnosis.causes[0]?.id).toBe('redirect_uri_missing');
  });
  it('“redirect URI mismatch” where the code was used before', () => {
    const diagnosis = diagnosed(run(authorize(), token({ status: 200, body: { access_token: 'x' } }), token({ at: 6, body: { error: 'invalid_grant', error_description: 'Invalid code or redirect URI' } })));
    expect(diagnosis.causes[0]?.id).toBe('code_reused');
  });
});
