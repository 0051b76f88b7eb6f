import { grantOrigins, tenantSegments } from '../case/hosts.ts';
import { defineCause } from '../cause.ts';
import { commonEnds } from '../diff/alteration.ts';
import { atRequestLine } from '../evidence.ts';

/** First labels that name a service and not a tenant. */
const service = /^(?:api\d*|apis|auth\d*|oauth2?|accounts?|login|signin|sso|ids?|www|identity|tokens?|app|appcenter|connect|secure|portal|my|web|..?)$/;

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
        return labels && ![left[0], right[0]].some((label) => service.test(label ?? '')) ? [atRequestLine(52, request, `The grant comes from ${there.hostname} and was sent to ${here.hostname}.`, { values })] : [];
      }
      if (a.join('/') === b.join('/')) return [atRequestLine(-85, request, `The grant was issued by the same tenant or realm (${origin.where}).`, { values })];
      const shared = new Set(['common', 'organizations', 'consumers']);
      const weight = shared.has(a[0] ?? '') || shared.has(b[0] ?? '') ? 12 : strengthOf(there, here);
      return weight === 0 ? [] : [atRequestLine(weight, request, `The grant comes from “${a.join('/')}” and was sent to “${b.join('/')}”.`, { values })];
    });
  },
});

/** How surely the differing part of two paths names a tenant, realm or server and not a part of the product. */
function strengthOf(there: URL, here: URL): number {
  const [a, b] = [there.pathname.split('/').filter(Boolean), here.pathname.split('/').filter(Boolean)];
  const at = a.findIndex((segment, index) => segment !== b[index]);
  const [left, right] = [a[at] ?? '', b[at] ?? ''];
  if (at === -1 || left === '' || right === '' || tenantSegments(there).length !== tenantSegments(here).length) return 0;
  if (/^(?:realms?|tenants?|t|orgs?|organi[sz]ations?|oauth2|o|application|issuers?|as|policies|environments?|pools?|projects?|sites?)$/i.test(a[at - 1] ?? '')) return 94;
  const id = /^(?=.*\d)[\w.-]{6,}$|^[\w-]+\.[\w.-]+$/;
  if (id.test(left) && id.test(right)) return 94;
  const { prefix, suffix } = commonEnds(left, right);
  return prefix >= 3 || suffix >= 4 ? 82 : at === 0 ? 44 : 30;
}
