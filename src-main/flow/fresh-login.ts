import type { Environment, RunOptions } from '../contract/index.ts';

/**
 * The environment of one Run that asks the provider for a new login or another user. What the Run records is what it was made with.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 */
export function withFreshLogin(environment: Environment, { freshLogin }: RunOptions): Environment {
  switch (freshLogin) {
    case undefined: return environment;
    case 'login':
    case 'select_account': return { ...environment, request: { ...environment.request, prompt: freshLogin } };
    case 'max_age': return { ...environment, request: { ...environment.request, maxAge: 0 } };
  }
}
