import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { grantOrigins, stageOf } from '../case/hosts.ts';
import { ledgerOrigin } from '../case/origin.ts';
import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atExchange, atRequestLine } from '../evidence.ts';

export const wrongEnvironment = defineCause({
  id: 'wrong_environment', family: 'environment', scope: 'any',
  title: 'The grant of one environment was sent to another (sandbox and production, region, host)',
  fix: 'Take authorization endpoint, token endpoint, client and secret from one and the same environment.',
  unknowable: 'Where the grant was issued is not recorded.',
  examine: (c) => {
    const { request } = c;
    if (request === null || !URL.canParse(request.exchange.url)) return [];
    const here = new URL(request.exchange.url);
    const found = fromLedger(c);
    for (const origin of grantOrigins(c)) {
      const there = new URL(origin.url);
      const values: [string, string][] = [[origin.where, there.origin], ['Token endpoint called', here.origin]];
      if (there.origin === here.origin) { found.push(atRequestLine(-60, request, `The grant was issued by the same host (${origin.where}).`, { values })); continue; }
      const [a, b] = [stageOf(there.hostname), stageOf(here.hostname)];
      if (a !== b) found.push(atRequestLine(86, request, `The grant comes from ${there.host} and was sent to ${here.host}: two environments.`, { values }));
      else if (c.kind === 'refresh' && origin.where.startsWith('token endpoint')) found.push(atRequestLine(84, request, `The refresh token was issued by ${there.host} and was sent to ${here.host}.`, { values }));
      else if (there.hostname === here.hostname) found.push(atRequestLine(there.port === here.port ? 20 : 74, request, `The same host, but ${there.port === here.port ? 'another scheme' : 'another port'}: ${there.origin} and ${here.origin}.`, { values }));
      else if (published(c, request.exchange.url)) found.push(atRequestLine(-70, request, 'The server’s metadata names this token endpoint.', { values }));
      else if (c.recognised === null || c.recognised.confidence < 1) found.push(atRequestLine(siblings(there.hostname, here.hostname) ? 12 : isPrivate(there.hostname) || isPrivate(here.hostname) ? 20 : 40, request, `The grant comes from ${there.host} and was sent to ${here.host}.`, { values }));
    }
    return found;
  },
});

/** Names of a machine or container: the same server often has several. */
const isPrivate = (host: string): boolean => !host.includes('.') || /^\d+\.|^\[/.test(host);

const published = (c: Case, url: string): boolean => c.metadata['token_endpoint'] === url;

function siblings(a: string, b: string): boolean {
  const tail = (host: string): string => host.split('.').slice(-2).join('.');
  return tail(a) === tail(b);
}

function fromLedger(c: Case): Evidence[] {
  const token = c.request === null ? undefined : sent(c.request, 'refresh_token');
  const entry = token === undefined ? undefined : ledgerOrigin(c, token);
  if (entry === undefined || c.request === null || !URL.canParse(entry.tokenUrl)) return [];
  const other = new URL(entry.tokenUrl).origin !== new URL(c.request.exchange.url).origin || (entry.environmentId !== null && c.state.environment !== null && entry.environmentId !== c.state.environment.id);
  return other ? [atExchange(84, entry.exchangeId, 'ledger of received refresh tokens', 'This refresh token was received in another environment.')] : [];
}
