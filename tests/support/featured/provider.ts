/** node-oidc-provider with everything switched on that a request can ask for, and a sign-in that says yes by itself. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import type { ClientMetadata, JWK } from 'oidc-provider';
import { memoryAdapter } from '../../../src-main/practice/adapter.ts';
import { claimsOfScopes, findAccount } from '../../../src-main/practice/accounts.ts';

export const resources = ['https://api.example/orders', 'https://api.example/bills'];

export interface Featured {
  issuer: string;
  secret: string;
  /** The private key the clients sign and decrypt with (EC P-256). */
  key: JWK;
  /** What arrived at the authorization endpoint after the provider had read it, newest last. */
  asked: Record<string, unknown>[];
  close(): Promise<void>;
}

export interface FeaturedOptions {
  requirePar?: boolean;
  requireSigned?: boolean;
  /** Registered metadata of the one client, `client`. */
  client?: Partial<ClientMetadata>;
}

const redirect_uris = ['http://127.0.0.1/callback'];

export async function startFeatured(options: FeaturedOptions = {}): Promise<Featured> {
  const server = createServer();
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secret = `CANARY-client_secret-${randomBytes(24).toString('hex')}`;
  const own = await generateKeyPair('ES256', { extractable: true });
  const key = { ...await exportJWK(own.privateKey), kid: 'client-key' } as JWK;
  const encryptionKey = { ...await exportJWK(own.publicKey), kid: 'client-key-enc', use: 'enc', alg: 'ECDH-ES' } as JWK;
  const asked: Record<string, unknown>[] = [];
  const provider = new Provider(issuer, {
    adapter: memoryAdapter(), jwks: { keys: await providerKeys() },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600, RefreshToken: 600, AuthorizationCode: 60, PushedAuthorizationRequest: 60, DeviceCode: 60, ClientCredentials: 60 },
    clients: [{
      client_id: 'client', client_secret: secret, redirect_uris, application_type: 'native', grant_types: ['authorization_code', 'refresh_token', 'implicit', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'],
      post_logout_redirect_uris: redirect_uris,
      response_types: ['code', 'code id_token'], authorization_details_types: ['payment'], token_endpoint_auth_method: 'client_secret_basic',
      jwks: { keys: [{ ...await exportJWK(own.publicKey), kid: 'client-key', use: 'sig', alg: 'ES256' } as JWK, encryptionKey] },
      ...options.client,
    }],
    pkce: { required: () => false },
    findAccount, claims: claimsOfScopes, acrValues: ['urn:example:strong'],
    responseTypes: ['code', 'code id_token'],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    interactions: { url: (_context, { uid }) => `/yes/${uid}` },
    clientBasedCORS: () => false,
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'HS256', 'HS384', 'HS512'],
      userinfoSigningAlgValues: ['ES256', 'RS256', 'HS256'], introspectionSigningAlgValues: ['ES256', 'RS256', 'HS256'],
      authorizationSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'], requestObjectSigningAlgValues: ['ES256', 'HS256'],
      idTokenEncryptionAlgValues: ['ECDH-ES', 'RSA-OAEP-256'], authorizationEncryptionAlgValues: ['ECDH-ES', 'RSA-OAEP-256'],
    },
    features: {
      clientCredentials: { enabled: true }, jwtIntrospection: { enabled: true }, jwtUserinfo: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true }, revocation: { enabled: true, allowedPolicy: () => true },
      deviceFlow: {
        enabled: true, charset: 'digits', mask: '***-***',
        userCodeInputSource: (context, form, _out, error) => { context.body = error ? String(error.stack) : form; },
        userCodeConfirmSource: (context, form) => { context.body = form; },
        successSource: (context) => { context.body = 'done'; },
      },
      rpInitiatedLogout: {
        enabled: true, logoutSource: (context, form) => { context.body = form.replace('</form>', '<input name="logout" value="yes"></form>'); },
        postLogoutSuccessSource: (context) => { context.body = 'logged out'; },
      },
      devInteractions: { enabled: false }, claimsParameter: { enabled: true }, encryption: { enabled: true }, jwtResponseModes: { enabled: true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: options.requirePar === true },
      requestObjects: { enabled: true, requireSignedRequestObject: options.requireSigned === true },
      resourceIndicators: {
        enabled: true, defaultResource: () => [], useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({ scope: 'orders', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 120, jwt: { sign: { alg: 'ES256' } } }),
      },
      richAuthorizationRequests: {
        enabled: true, types: { payment: { validate: () => undefined } },
        authorizationDetailsForGrantSource: (context) => context.oidc.grant?.rar ?? [],
        authorizationDetailsForAccessToken: (_context, _token, source) => (source && 'rar' in source ? source.rar : undefined) ?? [],
        authorizationDetailsForIntrospection: (_context, token) => token.rar ?? [],
      },
    },
    renderError: (context, out) => { context.body = JSON.stringify(out); },
  });
  provider.on('interaction.started', (context) => { asked.push({ ...context.oidc.params }); });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const handled = request.url?.startsWith('/yes/') ? sayYes(provider, request, response) : Promise.resolve(answer(request, response));
    handled.catch((error: unknown) => { response.writeHead(500).end(String(error)); });
  });
  return {
    issuer, secret, key, asked,
    close: () => new Promise((closed) => {
      server.close(() => { closed(); });
      server.closeAllConnections();
    }),
  };
}

async function sayYes(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: 'ada', clientId: 'client' });
  grant.addOIDCScope(String(params['scope'] ?? ''));
  grant.addOIDCClaims(['email']);
  for (const resource of [params['resource']].flat()) if (typeof resource === 'string') grant.addResourceScope(resource, 'orders');
  const details: unknown = typeof params['authorization_details'] === 'string' ? JSON.parse(params['authorization_details']) : [];
  for (const detail of details as { type: string }[]) grant.addRar(detail);
  await provider.interactionFinished(request, response, { login: { accountId: 'ada', acr: 'urn:example:strong' }, consent: { grantId: await grant.save() } });
}

async function providerKeys(): Promise<JWK[]> {
  return Promise.all(['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'Ed25519'].map(async (alg) => {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    const { alg: _alg, ...jwk } = await exportJWK(privateKey);
    // One RSA key for every RSA algorithm, one Ed25519 key for both of its names.
    return { ...jwk, kid: alg, use: 'sig' } as JWK;
  }));
}
