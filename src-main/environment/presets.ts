import { randomUUID } from 'node:crypto';
import type { Environment } from '../contract/index.ts';
import { environmentSchema } from '../contract/index.ts';

/**
 * A new environment with sensible defaults: PKCE S256, a free port on 127.0.0.1, scope `openid`, Basic authentication.
 *
 * @param partial what is known already; wins over the defaults
 * @throws {ZodError} if the partial does not fit the schema: the caller's mistake, as people's input goes through `EnvironmentStore.save`
 */
export function newEnvironment(partial: Partial<Environment> & Pick<Environment, 'name' | 'provider'>): Environment {
  return environmentSchema.parse({
    id: randomUUID(),
    client: { id: '', authMethod: 'client_secret_basic' },
    scope: 'openid',
    redirect: { host: '127.0.0.1', port: null, path: '/callback' },
    pkce: 'S256',
    ...partial,
  });
}

/** The environment of the built-in practice provider, ready to run. Its client id and secret come from the provider when it starts. */
export function practiceEnvironment(): Environment {
  return newEnvironment({
    name: 'Practice provider',
    provider: { kind: 'practice', client: 'confidential', lifetimes: { authorizationCode: 60, accessToken: 120, idToken: 120, refreshToken: 600 } },
    scope: 'openid profile email offline_access',
    // OIDC Core §11: offline_access is granted only where consent is asked for.
    authorizationParameters: [{ name: 'prompt', value: 'consent' }],
  });
}
