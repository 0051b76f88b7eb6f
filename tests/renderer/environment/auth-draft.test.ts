import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../src-main/contract/environment.ts';
import { authDraftOf, authOf } from '../../../src-renderer/environment/auth-draft.ts';
import { checkDraft, draftOf } from '../../../src-renderer/environment/draft.ts';
import { environmentOf } from '../support/recording.ts';

const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

describe('client authentication while it is typed', () => {
  it('refuses a lifetime and an audience that cannot be', () => {
    const draft = draftOf(environmentOf({ client: { id: 'c', authMethod: 'private_key_jwt' } }));
    const checked = checkDraft({ ...draft, auth: { ...draft.auth, lifetime: 0, audience: 'typed', typedAudience: 'a\u0000b' } });
    expect(checked.ok ? {} : checked.reasons).toEqual({ 'clientAuth.assertion.lifetime': 'Must be 1 or more', 'clientAuth.assertion.typedAudience': expect.stringContaining('control') });
  });

  it.each([
    [{ clientAuth: { basicEncoding: 'raw' } }],
    [{ clientAuth: { assertion: { alg: 'PS256', mac: 'HS512', kid: 'k', audience: 'typed', typedAudience: 'https://as', lifetime: 5 } } }],
    [{ clientAuth: { assertion: { kid: '' } } }],
    [{ client: { id: 'c', authMethod: 'tls_client_auth' }, clientAuth: { certificate } }],
    [{ clientAuth: { certificate } }],
    [{ dpop: { alg: 'EdDSA' } }],
    [{ dpop: { alg: 'ES256', key: 'environment' } }],
  ] satisfies [Partial<Environment>][])('an environment opened and not changed is saved as it was: %j', (change) => {
    const config = environmentOf(change);
    expect(checkDraft(draftOf(config))).toEqual({ ok: true, config });
  });

  it('says nothing where nothing is set, and shows no certificate that is not asked for', () => {
    expect(authOf(authDraftOf(), 'private_key_jwt')).toEqual({});
    expect(authOf({ ...authDraftOf(), certificate }, 'client_secret_basic')).toEqual({});
    expect(authOf({ ...authDraftOf(), certificate }, 'self_signed_tls_client_auth')).toEqual({ clientAuth: { certificate } });
  });
});
