import type { Problem } from '../contract/index.ts';
import type { SetupCheck } from './checks.ts';
import { offered } from './checks.ts';
import { quotedUrl } from './hosts.ts';

/** The checks of `scope` against what the provider lists, with what its words bring and what they leave out. */
export function scopeChecks({ environment, metadata }: SetupCheck): Problem[] {
  const field = 'scope';
  const scopes = environment.scope.split(' ').filter((scope) => scope !== '');
  const supported = offered(metadata, 'scopes_supported');
  const problems: Problem[] = [];
  // RFC 8414 §2: a server may leave out scopes it has, so this is a hint.
  const unlisted = supported ? scopes.filter((scope) => !supported.includes(scope)) : [];
  if (unlisted.length > 0) {
    problems.push({ code: 'scope-not-listed', message: `The provider does not list: ${quotedUrl(unlisted.join(' '))}.`, why: 'It may still know them, or answer invalid_scope, or grant less.', next: 'Check the spelling.', field });
  }
  if (new Set(scopes).size < scopes.length) problems.push({ code: 'scope-twice', message: 'A scope stands twice.', next: 'Remove the second one.', field });
  if (!scopes.includes('openid') && supported?.includes('openid')) {
    problems.push({ code: 'scope-openid-missing', message: 'Without openid there is no ID token.', why: 'OIDC Core §3.1.2.1: the scope makes the request an OpenID request.', next: 'Add openid if you want one.', field });
  }
  const offline = scopes.includes('offline_access');
  if (!offline && supported?.includes('offline_access')) {
    problems.push({ code: 'scope-offline-missing', message: 'Without offline_access this provider may give no refresh token.', next: 'Add offline_access if you want one.', field });
  }
  const prompt = environment.authorizationParameters.find(({ name }) => name === 'prompt')?.value.split(' ') ?? [];
  if (offline && scopes.includes('openid') && !prompt.includes('consent')) {
    problems.push({ code: 'offline-without-consent', message: 'offline_access without prompt=consent may be ignored.', why: 'OIDC Core §11 lets the provider ignore it unless consent is asked for.', next: 'Add the authorization parameter prompt with the value consent if no refresh token comes.', field: 'authorizationParameters' });
  }
  return problems;
}
