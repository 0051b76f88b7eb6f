import { practiceAccounts } from './accounts.ts';
import { escapeHtml, page } from './page.ts';

const meanings: Readonly<Record<string, string>> = {
  openid: 'know who you are', profile: 'read your name', email: 'read your e-mail address', offline_access: 'stay signed in with a refresh token',
};

export interface SignInRequest {
  clientId: string;
  redirectUri: string;
  scope: string;
  /** Who is signed in already, chosen beforehand. */
  current: string | undefined;
}

/** Login and consent in one page: who, for whom, for what, yes or no. Needs no password, because there is nothing behind it. */
export function signInPage({ clientId, redirectUri, scope, current }: SignInRequest): string {
  const chosen = practiceAccounts.find(({ id }) => id === current) ?? practiceAccounts[0];
  const accounts = practiceAccounts.map(({ id, name }) => (
    `<label><input type="radio" name="account" value="${escapeHtml(id)}"${id === chosen?.id ? ' checked' : ''}> ${escapeHtml(name)}</label>`
  )).join('');
  const scopes = scope.split(' ').filter(Boolean)
    .map((name) => `<code>${escapeHtml(name)}</code>${meanings[name] === undefined ? '' : ` (${meanings[name]})`}`).join(', ');
  return page('Sign in', `<p>This page runs on your own machine, inside Grantscope. There is no password.</p>
<dl><dt>Client</dt><dd><code>${escapeHtml(clientId)}</code></dd><dt>Asks for</dt><dd>${scopes || 'no scope'}</dd><dt>Answer goes to</dt><dd><code>${escapeHtml(redirectUri)}</code></dd></dl>
<form method="post"><fieldset><legend>Sign in as</legend>${accounts}</fieldset>
<button class="main" type="submit" name="decision" value="continue">Continue</button><button type="submit" name="decision" value="deny">Deny</button></form>`);
}
