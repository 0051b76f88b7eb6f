/**
 * node-oidc-provider with every way of client authentication and DPoP, and a sign-in that says yes by itself. Reached over http, and where a
 * certificate is asked for over https, as its `mtls_endpoint_aliases` say.
 */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';
import type { ClientMetadata, KoaContextWithOIDC } from 'oidc-provider';
import { memoryAdapter } from '../../../src-main/practice/adapter.ts';
import { claimsOfScopes, findAccount } from '../../../src-main/practice/accounts.ts';
import { signingKeys } from '../../../src-main/practice/keys.ts';
import { authority } from '../hostile-server/certificates.ts';
import type { Authority } from '../hostile-server/certificates.ts';

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const;

export interface Authenticating {
  issuer: string;
  /** Where a certificate is asked for. */
  secureOrigin: string;
  /** Whose client certificates the server takes for `tls_client_auth`. */
  clientAuthority: Authority;
  close(): Promise<void>;
}

export async function startAuthenticating(clients: readonly ClientMetadata[], options: { nonces?: boolean } = {}): Promise<Authenticating> {
  const [servers, clientAuthority] = [authority('Test servers'), authority('Test clients')];
  setDefaultCACertificates([...getCACertificates('default'), servers.cert]);
  const own = servers.issue({ name: 'server', ip: ['127.0.0.1'] });
  const plain = createServer();
  const secure = createTlsServer({ key: own.key, cert: own.cert, ca: [clientAuthority.cert], requestCert: true, rejectUnauthorized: false });
  const issuer = `http://127.0.0.1:${await listen(plain)}`;
  const secureOrigin = `https://127.0.0.1:${await listen(secure)}`;
  const provider = new Provider(issuer, {
    adapter: memoryAdapter(), jwks: await signingKeys(),
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, RefreshToken: 600, AuthorizationCode: 60, PushedAuthorizationRequest: 60 },
    clients: clients.map((client) => ({
      redirect_uris: ['http://127.0.0.1/callback'], application_type: 'native', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], ...client,
    })),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none', 'client_secret_jwt', 'private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'],
    enabledJWA: { clientAuthSigningAlgValues: [...algorithms, 'HS256', 'HS384', 'HS512'], dPoPSigningAlgValues: [...algorithms] },
    pkce: { required: () => false },
    issueRefreshToken: () => true,
    findAccount, claims: claimsOfScopes, clientBasedCORS: () => false,
    cookies: { keys: [randomBytes(16).toString('hex')] },
    interactions: { url: (_context, { uid }) => `/yes/${uid}` },
    features: {
      devInteractions: { enabled: false }, pushedAuthorizationRequests: { enabled: true }, resourceIndicators: { enabled: false },
      introspection: { enabled: true, allowedPolicy: () => true }, revocation: { enabled: true, allowedPolicy: () => true },
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => options.nonces === true },
      mTLS: {
        enabled: true, tlsClientAuth: true, selfSignedTlsClientAuth: true, certificateBoundAccessTokens: true,
        getCertificate: (context) => socketOf(context)?.getPeerX509Certificate?.(),
        certificateAuthorized: (context) => socketOf(context)?.authorized === true,
        certificateSubjectMatches: (context, property, expected) => property === 'tls_client_auth_subject_dn'
          && socketOf(context)?.getPeerX509Certificate?.()?.subject === expected,
      },
    },
    discovery: {
      mtls_endpoint_aliases: Object.fromEntries(Object.entries({
        token_endpoint: '/token', revocation_endpoint: '/token/revocation', introspection_endpoint: '/token/introspection',
        pushed_authorization_request_endpoint: '/request', userinfo_endpoint: '/me',
      }).map(([name, path]) => [name, `${secureOrigin}${path}`])),
    },
    renderError: (context, out) => { context.body = JSON.stringify(out); },
  });
  serve(provider, plain, secure);
  return { issuer, secureOrigin, clientAuthority, close: async () => { await Promise.all([closed(plain), closed(secure)]); } };
}

type Secured = Partial<Pick<TLSSocket, 'getPeerX509Certificate' | 'authorized'>>;
const socketOf = (context: KoaContextWithOIDC): Secured | undefined => context.req.socket as Secured;

function serve(provider: Provider, ...servers: Server[]): void {
  const answer = provider.callback();
  const listener: RequestListener = (request, response) => {
    const handled = request.url?.startsWith('/yes/') ? sayYes(provider, request, response) : Promise.resolve(answer(request, response));
    handled.catch((error: unknown) => { response.writeHead(500).end(String(error)); });
  };
  for (const server of servers) server.on('request', listener);
}

async function sayYes(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: 'ada', clientId: String(params['client_id']) });
  grant.addOIDCScope(String(params['scope']));
  await provider.interactionFinished(request, response, { login: { accountId: 'ada' }, consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: false });
}

function listen(server: Server): Promise<number> {
  return new Promise((listening) => { server.listen(0, '127.0.0.1', () => { listening((server.address() as AddressInfo).port); }); });
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => { done(); });
    server.closeAllConnections();
  });
}
