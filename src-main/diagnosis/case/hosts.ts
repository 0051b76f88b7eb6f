import type { Case } from './case.ts';
import { readJwt } from './jwt.ts';

/** Where the grant came from, as URLs with the place they were read at. */
export interface Origin { url: string; entry: string; where: string }

/** The addresses that issued the grant: the authorization endpoint, the issuer named in the callback, the refresh token's issuer. */
export function grantOrigins(c: Case): Origin[] {
  const origins: Origin[] = [];
  if (c.kind === 'refresh') {
    if (c.origin) origins.push({ url: c.origin.exchange.url, entry: c.origin.exchange.id, where: 'token endpoint that issued the refresh token' });
    const token = c.request?.parameters.find(({ name }) => name === 'refresh_token')?.value;
    const issuer = token === undefined ? undefined : readJwt(token)?.issuer;
    if (issuer !== undefined && URL.canParse(issuer)) origins.push({ url: issuer, entry: c.entry, where: 'issuer in the refresh token (iss)' });
    return origins;
  }
  if (c.authorization) origins.push({ url: c.authorization.url, entry: c.authorization.entry, where: 'authorization endpoint' });
  if (c.callback?.iss !== undefined && URL.canParse(c.callback.iss)) origins.push({ url: c.callback.iss, entry: c.callback.entry, where: 'callback parameter iss' });
  return origins;
}

/** Words that name a stage of deployment in host names. */
const stages = /(?:^|[.-])(sandbox|test|testing|stage|staging|stg|dev|develop|development|qa|uat|preprod|pre|preview|demo|int|integration|prod|production|live|local|beta|acc|acceptance)(?=[.-]|\d|$)/i;
const special: readonly (readonly [RegExp, string])[] = [[/^account-d\.docusign/, 'demo'], [/^test\.salesforce|\.sandbox\./, 'sandbox'], [/oktapreview\.com$/, 'preview'], [/microsoftonline\.us|\.us$/, 'us'], [/\.cn$/, 'cn'], [/\.eu\b/, 'eu']];

export function stageOf(host: string): string | null {
  for (const [expression, stage] of special) if (expression.test(host)) return stage;
  return stages.exec(host)?.[1]?.toLowerCase() ?? null;
}

/** The part of a path before the endpoint's own name: where tenants, realms and server ids stand. */
export function tenantSegments(url: URL): string[] {
  const names = /^(?:authorize|authorization|auth|token|tokens|oauth|oauth2|oauth2\.0|v\d[\d.]*|connect|protocol|openid-connect|oidc|op|api|login|access_token|accesstoken|as|services|dialog|bearer|o|identity|me|par|tokenservice|issue|interaction|consent|openid|sts|ls|\.well-known|openid-configuration)$/i;
  return url.pathname.split('/').filter((segment) => segment !== '' && !names.test(segment) && !/\.oauth2$|token|authoriz/i.test(segment));
}
