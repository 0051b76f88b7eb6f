import type { ClientAuthMethod, Endpoints, Environment, ExtraParameter, PracticeLifetimes, Provider, Redirect } from '../../src-main/contract/environment.ts';
import { environmentSchema } from '../../src-main/contract/environment.ts';
import { DEFAULT_SHARE } from '../../src-main/contract/options/renewal.ts';
import type { AuthDraft } from './auth-draft.ts';
import { authDraftOf, authOf } from './auth-draft.ts';
import type { TrustDraft } from './trust-draft.ts';
import { trustDraftOf, trustOf } from './trust-draft.ts';
import type { RequestDraft } from './request-draft.ts';
import { requestDraftOf, requestOf } from './request-draft.ts';

type Texts<T> = { [K in keyof T]-?: string };
type Numbers<T> = { [K in keyof T]: number | null };

/** An environment while it is typed: every field holds what stands in it, also what is not chosen or not valid (yet). */
export interface Draft {
  id: string;
  name: string;
  kind: Provider['kind'];
  issuer: string;
  endpoints: Texts<Endpoints>;
  practiceClient: 'confidential' | 'public';
  lifetimes: Numbers<PracticeLifetimes>;
  clientId: string;
  authMethod: ClientAuthMethod;
  auth: AuthDraft;
  trust: TrustDraft;
  scope: string;
  scheme: 'http' | 'https';
  host: Redirect['host'];
  port: 'any' | 'fixed';
  portNumber: number | null;
  path: string;
  pkce: Environment['pkce'];
  request: RequestDraft;
  grant: NonNullable<Environment['grant']>;
  strict: 'on' | 'off';
  renewal: { enabled: 'on' | 'off'; percent: number | null };
  /** Members this form does not edit: they stay as they are. */
  rest: Partial<Environment>;
  authorizationParameters: ExtraParameter[];
  tokenParameters: ExtraParameter[];
  limits: Record<keyof Environment['limits'], number | null>;
}

const noLimits = { browser: null, request: null, connect: null, silence: null, tls: null, firstByte: null, body: null };

const noEndpoints: Texts<Endpoints> = {
  issuer: '', authorization_endpoint: '', token_endpoint: '', userinfo_endpoint: '', revocation_endpoint: '',
  introspection_endpoint: '', end_session_endpoint: '', device_authorization_endpoint: '', pushed_authorization_request_endpoint: '', jwks_uri: '',
};

export function newDraft(id: string): Draft {
  return {
    id, name: '', kind: 'discovery', issuer: '', endpoints: { ...noEndpoints }, practiceClient: 'confidential',
    lifetimes: { authorizationCode: 60, accessToken: 120, idToken: 120, refreshToken: 600 },
    clientId: '', authMethod: 'client_secret_basic', auth: authDraftOf(), trust: trustDraftOf(), scope: 'openid profile email offline_access',
    scheme: 'http', host: '127.0.0.1', port: 'any', portNumber: 8765, path: '/callback', pkce: 'S256', request: requestDraftOf(), grant: 'authorization_code', strict: 'off', renewal: { enabled: 'off', percent: DEFAULT_SHARE * 100 }, rest: {},
    authorizationParameters: [], tokenParameters: [], limits: { ...noLimits, browser: 300, request: 30 },
  };
}

export function draftOf(config: Environment): Draft {
  const { provider, client, redirect } = config;
  const draft = newDraft(config.id);
  return {
    ...draft,
    name: config.name, kind: provider.kind,
    ...(provider.kind === 'discovery' && { issuer: provider.issuer }),
    ...(provider.kind === 'manual' && { endpoints: { ...noEndpoints, ...provider.endpoints } as Texts<Endpoints> }),
    ...(provider.kind === 'practice' && { practiceClient: provider.client, lifetimes: { ...provider.lifetimes } }),
    clientId: client.id, authMethod: client.authMethod, auth: authDraftOf(config), trust: trustDraftOf(config), scope: config.scope,
    scheme: redirect.scheme ?? 'http', host: redirect.host, port: redirect.port === null ? 'any' : 'fixed', portNumber: redirect.port ?? draft.portNumber, path: redirect.path,
    pkce: config.pkce, request: requestDraftOf(config.request), grant: config.grant ?? 'authorization_code', strict: config.strict === true ? 'on' : 'off', rest: restOf(config),
    ...(config.renewal && { renewal: { enabled: config.renewal.enabled ? 'on' as const : 'off' as const, percent: Math.round(config.renewal.share * 100) } }),
    authorizationParameters: config.authorizationParameters.map((parameter) => ({ ...parameter })),
    tokenParameters: config.tokenParameters.map((parameter) => ({ ...parameter })),
    limits: Object.assign({}, noLimits, config.limits) as Draft['limits'],
  };
}

function restOf(config: Environment): Partial<Environment> {
  const {
    id: _id, name: _name, provider: _provider, client: _client, clientAuth: _clientAuth, dpop: _dpop, trust: _trust, allowedHosts: _allowedHosts, scope: _scope, redirect: _redirect, pkce: _pkce, request: _request,
    grant: _grant, strict: _strict, renewal: _renewal, authorizationParameters: _authorization, tokenParameters: _token, limits: _limits, ...rest
  } = config;
  return rest;
}

/** What would be saved, unchecked. */
export function candidateOf(draft: Draft): unknown {
  const request = requestOf(draft.request);
  const endpoints = Object.fromEntries(Object.entries(draft.endpoints).filter(([name, value]) =>
    value !== '' || name === 'authorization_endpoint' || name === 'token_endpoint'));
  const providers: Record<Provider['kind'], unknown> = {
    discovery: { kind: 'discovery', issuer: draft.issuer },
    manual: { kind: 'manual', endpoints },
    practice: { kind: 'practice', client: draft.practiceClient, lifetimes: draft.lifetimes },
  };
  return {
    ...draft.rest,
    id: draft.id, name: draft.name, provider: providers[draft.kind],
    client: { id: draft.clientId, authMethod: draft.authMethod }, ...authOf(draft.auth, draft.authMethod), ...trustOf(draft.trust), scope: draft.scope,
    redirect: { ...(draft.scheme === 'https' && { scheme: draft.scheme }), host: draft.host, port: draft.port === 'any' ? null : draft.portNumber, path: draft.path }, pkce: draft.pkce,
    ...(request && { request }), ...(draft.grant !== 'authorization_code' && { grant: draft.grant }), ...(draft.strict === 'on' && { strict: true }),
    ...((draft.renewal.enabled === 'on' || draft.renewal.percent !== DEFAULT_SHARE * 100) && { renewal: { enabled: draft.renewal.enabled === 'on', share: draft.renewal.percent === null ? null : draft.renewal.percent / 100 } }),
    authorizationParameters: draft.authorizationParameters, tokenParameters: draft.tokenParameters,
    limits: Object.fromEntries(Object.entries(draft.limits).filter(([name, value]) => value !== null || name === 'browser' || name === 'request')),
  };
}

export type Checked = { ok: true; config: Environment } | { ok: false; reasons: Record<string, string> };

/** Checks a draft against the contract: the configuration, or the reason for each field that is not right, by its path (`redirect.port`). */
export function checkDraft(draft: Draft): Checked {
  const result = environmentSchema.safeParse(candidateOf(draft));
  if (result.success) return { ok: true, config: result.data };
  const reasons: Record<string, string> = {};
  for (const issue of result.error.issues) reasons[issue.path.join('.')] ??= reasonOf(issue);
  return { ok: false, reasons };
}

function reasonOf(issue: { code: string; message: string; path: PropertyKey[]; minimum?: unknown; maximum?: unknown; origin?: unknown }): string {
  if (issue.code === 'invalid_type') return 'Enter a whole number';
  if (issue.code === 'too_small' && issue.origin === 'number') return `Must be ${String(issue.minimum)} or more`;
  if (issue.code === 'too_big') return issue.origin === 'number' ? `Must be ${String(issue.maximum)} or less` : `Too long: at most ${String(issue.maximum)} characters`;
  return issue.message;
}
