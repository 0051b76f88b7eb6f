import { randomBytes } from 'node:crypto';
import type { Configuration, ErrorOut, JWK, KoaContextWithOIDC } from 'oidc-provider';
import type { PracticeLifetimes } from '../contract/environment.ts';
import { claimsOfScopes, findAccount } from './accounts.ts';
import { memoryAdapter } from './adapter.ts';
import { INTERACTION_PATH } from './interaction.ts';
import { escapeHtml, notePage, page, pageHeaders } from './page.ts';

const HOUR = 3600;
const YEAR = 31_536_000;

export interface Registration { confidential: { id: string; secret: string }; public: { id: string } }

/**
 * The provider's configuration. Every function oidc-provider has a "you should change this" default for is given,
 * which is also what keeps its console quiet.
 *
 * @param lifetimes read at each issue, so changing its members takes effect at once
 * @param port makes the cookie names: cookies ignore ports, and two practice providers may run side by side
 */
export function configuration(lifetimes: PracticeLifetimes, clients: Registration, jwks: { keys: JWK[] }, port: number): Configuration {
  return {
    adapter: memoryAdapter(),
    jwks,
    clients: [
      { client_id: clients.confidential.id, client_secret: clients.confidential.secret, token_endpoint_auth_method: 'client_secret_basic', ...client },
      { client_id: clients.public.id, token_endpoint_auth_method: 'none', ...client },
    ],
    // oidc-provider lets a client registered for one of the two secret methods use the other as well.
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    responseTypes: ['code'],
    // People practise without PKCE too; a challenge that was sent is still held against its verifier.
    pkce: { required: () => false },
    allowOmittingSingleRegisteredRedirectUri: false,
    findAccount,
    claims: claimsOfScopes,
    scopes: ['openid', 'offline_access'],
    // A newcomer is to see a refresh token and its rotation without knowing about prompt=consent (OIDC Core §11).
    issueRefreshToken: (_context, asking) => asking.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    // To the second: "a code that lives one second" has to be refused after one second.
    clockTolerance: 0,
    ttl: {
      AuthorizationCode: () => lifetimes.authorizationCode,
      AccessToken: () => lifetimes.accessToken,
      IdToken: () => lifetimes.idToken,
      RefreshToken: () => lifetimes.refreshToken,
      Interaction: HOUR, Session: HOUR, Grant: 2 * YEAR, ClientCredentials: HOUR,
    },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: `practice_${port}_session`, interaction: `practice_${port}_interaction`, resume: `practice_${port}_resume` },
    },
    interactions: { url: (_context, interaction) => `${INTERACTION_PATH}${interaction.uid}` },
    clientBasedCORS: () => false,
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_context, asking, token) => token.clientId === asking.clientId },
      revocation: { enabled: true, allowedPolicy: (_context, asking, token) => token.clientId === asking.clientId },
      pushedAuthorizationRequests: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource, postLogoutSuccessSource },
    },
    renderError,
  };
}

// The registered redirect stands for every loopback one, see redirect.ts.
const client = {
  application_type: 'native', redirect_uris: ['http://127.0.0.1/callback'], response_types: ['code'], grant_types: ['authorization_code', 'refresh_token'],
} as const;

function show(context: KoaContextWithOIDC, html: string): void {
  context.set({ ...pageHeaders });
  context.body = html;
}

function logoutSource(context: KoaContextWithOIDC, form: string): void {
  // `form` is oidc-provider's own: a hidden field and the id the buttons refer to.
  show(context, page('Sign out?', `<p>You are signed in to the practice provider.</p>${form}`
    + '<button class="main" type="submit" form="op.logoutForm" value="yes" name="logout">Sign out</button><button type="submit" form="op.logoutForm">Stay</button>'));
}

function postLogoutSuccessSource(context: KoaContextWithOIDC): void {
  show(context, notePage('Signed out', 'You can close this tab.'));
}

function renderError(context: KoaContextWithOIDC, out: ErrorOut): void {
  const lines = Object.entries({ error: out.error, error_description: out.error_description ?? '' })
    .map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('');
  show(context, page('The request was not accepted', `<p>There was no safe place to send the error to, so it is shown here.</p><dl>${lines}</dl>`));
}
