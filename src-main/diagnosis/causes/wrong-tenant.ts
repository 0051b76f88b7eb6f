import { grantOrigins, tenantSegments } from '../case/hosts.ts';
import { defineCause } from '../cause.ts';
import { atRequestLine } from '../evidence.ts';

export const wrongTenant = defineCause({
  id: 'wrong_tenant', family: 'environment', scope: 'any',
  title: 'The request went to another tenant, realm or issuer than the one that issued the grant',
  fix: 'Use the same tenant, realm or authorization server in both URLs; take both from one metadata document.',
  unknowable: 'Where the grant was issued is not recorded.',
  examine: (c) => {
    const { request } = c;
    if (request === null || !URL.canParse(request.exchange.url)) return [];
    const here = new URL(request.exchange.url);
    return grantOrigins(c).flatMap((origin) => {
      const there = new URL(origin.url);
      const values: [string, string][] = [[origin.where, `${there.origin}${there.pathname}`], ['Token endpoint called', `${here.origin}${here.pathname}`]];
      const [a, b] = [tenantSegments(there), tenantSegments(here)];
      if (there.origin !== here.origin) {
        const parts = (host: string): string[] => host.split('.');
        const [left, right] = [parts(there.hostname), parts(here.hostname)];
        // tenant-a.idp.example and tenant-b.idp.example: the first label names the tenant.
        const labels = left.length === right.length && left.length > 2 && left.slice(1).join('.') === right.slice(1).join('.') && c.metadata['token_endpoint'] !== request.exchange.url;
        return labels && !/^(?:api|auth|oauth2?|accounts?|login|sso|id|www|identity|token|appcenter)$/.test(`${right[0] ?? ''}`) ? [atRequestLine(64, request, `The grant comes from ${there.hostname} and was sent to ${here.hostname}.`, { values })] : [];
      }
      if (a.join('/') === b.join('/')) return [atRequestLine(-85, request, `The grant was issued by the same tenant or realm (${origin.where}).`, { values })];
      const shared = new Set(['common', 'organizations', 'consumers']);
      const known = a.length === b.length && a.length > 0;
      const wildcard = a.some((segment) => shared.has(segment)) || b.some((segment) => shared.has(segment));
      if (wildcard) return [atRequestLine(24, request, 'One of both URLs names a shared tenant (common, organizations, consumers), the other one of its own.', { values })];
      return [atRequestLine(known ? 94 : a.length > 0 && b.length > 0 ? 50 : 26, request, `The grant comes from “${a.join('/')}” and was sent to “${b.join('/')}”.`, { values })];
    });
  },
});
