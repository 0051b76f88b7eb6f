import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { headerOf, messageParts } from '../../contract/read/http.ts';
import { defineCause } from '../cause.ts';
import { atExchange, atParameter } from '../evidence.ts';
import { ageOfCode } from './code-expired.ts';
import { sent } from '../case/token-request.ts';

export const serverStateLost = defineCause({
  id: 'server_state_lost', family: 'server', scope: 'any',
  title: 'The server lost the grant: it was restarted, or another instance without shared storage answered',
  fix: 'Give all instances of the server one shared store for codes and tokens (or sticky routing), and keep it over restarts.',
  tellApart: 'Repeat the whole flow a few times: with several instances some attempts succeed.',
  unknowable: 'What happens between the server’s instances cannot be seen from here.',
  examine: (c) => [...restarts(c), ...instances(c), ...nothingElse(c)],
});

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');

/** The server could not be reached, or a proxy spoke for it, between the grant's issue and its use. */
function restarts(c: Case): Evidence[] {
  if (c.request === null) return [];
  const host = hostOf(c.request.exchange.url);
  const since = c.origin?.exchange.times.started ?? c.callback?.at ?? c.authorization?.at ?? 0;
  const between = [...c.surroundings.map(({ exchange }) => exchange), ...c.before.map(({ exchange }) => exchange)]
    .filter((exchange) => (exchange.failure !== null || [502, 503, 504].includes(exchange.response?.status ?? 0))
      && exchange.times.started >= since && exchange.times.started > 0 && hostOf(exchange.url) === host);
  return between.slice(-2).map((exchange) =>
    atExchange(60, exchange.id, exchange.failure === null ? 'response status' : 'connection', `Between issue and use of the grant the server was away (${exchange.failure?.code ?? String(exchange.response?.status ?? '')}), as in a restart.`));
}

/** Headers that name the instance that answered. */
function instances(c: Case): Evidence[] {
  if (c.request === null) return [];
  const names = ['x-served-by', 'x-instance', 'x-instance-id', 'x-backend', 'x-backend-server', 'x-node', 'x-server', 'x-pod', 'x-pod-name', 'x-host', 'x-hostname', 'x-upstream', 'x-container'];
  const issuer = c.origin?.exchange ?? c.state.exchanges.get(c.callback?.entry ?? '')?.exchange;
  if (!issuer?.response) return [];
  const then = messageParts(issuer.response.raw.slice(0, issuer.response.headLength)).headers;
  for (const name of names) {
    const [a, b] = [headerOf(then, name), headerOf(c.request.answerHeaders, name)];
    if (a !== undefined && b !== undefined && a !== b) {
      return [atExchange(52, issuer.id, `response header ${name}`, 'Another instance of the server issued the grant than the one that refused it.', { values: [['Issued by', a], ['Refused by', b]] })];
    }
  }
  return [];
}

/** A fresh code, sent once and unchanged by the right client, that the server does not know. */
function nothingElse(c: Case): Evidence[] {
  const age = ageOfCode(c);
  if (c.request === null || age === null || age.milliseconds > 5000 || c.error.error !== 'invalid_grant') return [];
  const code = sent(c.request, 'code');
  const untouched = code !== undefined && code === c.callback?.code && !c.others.some((other) => sent(other, 'code') === code);
  const consistent = c.authorization?.redirectUri === sent(c.request, 'redirect_uri');
  return untouched && consistent ? [atParameter(10, c.request, 'code', 'The code was sent once, unchanged and within seconds, and the server does not accept it.')] : [];
}
