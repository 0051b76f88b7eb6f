import type { CompareSection, CompareSectionKind, CompareStep } from '../../contract/compare.ts';
import type { Exchange } from '../../contract/exchange.ts';
import { requestParameters } from '../../contract/read/http.ts';
import type { Column } from '../input.ts';
import type { Line } from '../rows/line.ts';
import type { Notes } from '../rows/join.ts';
import { joinSection } from '../rows/join.ts';
import type { Scene } from '../scene.ts';
import { checkLines } from '../sections/checks.ts';
import { factOf, line, namedLines } from '../sections/lines.ts';
import { requestLines, withoutQuery } from '../sections/request.ts';
import { responseLines } from '../sections/response.ts';
import { jwtLines, TOKEN_TITLES } from '../sections/tokens.ts';
import { timingLines, tlsLines } from '../sections/transport.ts';
import { memberSpec } from '../tables/answers.ts';
import { parameterSpec } from '../tables/parameters.ts';
import { byNature, telling } from '../tables/spec.ts';
import type { AlignedStep } from './align.ts';
import type { Unit } from './units.ts';

type Lines = readonly Line[] | null;
const page = telling('url', { why: 'the sign-in begins there', topics: ['endpoint'] });
const verdict = telling('value', { why: 'the answer was judged differently' });
const carrier = telling('value', { why: 'the answer travelled in another way', topics: ['response-type'] });
const repeats = byNature();

/** One aligned step with all its sections. */
export function stepOf(aligned: AlignedStep, scene: Scene, notes: Notes): CompareStep {
  const { id, title, units } = aligned;
  const sections: CompareSection[] = [];
  const add = (name: string, kind: CompareSectionKind, heading: string, lines: readonly Lines[]): void => {
    const section = joinSection({ id: `${id}/${name}`, kind, title: heading, lines }, scene, notes);
    if (section) sections.push(section);
  };
  const each = (make: (unit: Unit, column: Column) => Lines): Lines[] => units.map((unit, index) => (unit ? make(unit, scene.columns[index] as Column) : null));
  const ofExchange = (make: (exchange: Exchange, unit: Unit, column: Column) => Lines): Lines[] => each((unit, column) => {
    const exchange = unit.exchanges.at(-1);
    return exchange ? make(exchange, unit, column) : null;
  });

  if (aligned.kind.startsWith('token:')) add('checks', 'verdicts', 'Held against the rest of the run', ofExchange((exchange, unit, { run }) => run && checkLines(run, unit, exchange)));
  add('request', 'request', 'Request', each((unit) => requestOf(unit)));
  for (const [name, { header, claims }] of assertions(units)) {
    add(`request/${name}/header`, 'token-header', `${name}: header`, header);
    add(`request/${name}/claims`, 'token-claims', `${name}: claims`, claims);
  }
  add('callback', 'callback', 'Answer in the browser', each(callbackOf));
  add('response', 'response', 'Answer', ofExchange((exchange) => responseLines(exchange, aligned.kind === 'discovery')));
  for (const kind of ['id_token', 'access_token', 'refresh_token'] as const) {
    const decoded = units.map((unit, index) => {
      const token = unit && scene.columns[index]?.run?.tokens.find(({ record, exchangeId }) => record.kind === kind && unit.exchanges.some((exchange) => exchange.id === exchangeId));
      return token ? jwtLines(token.record.value, { exchangeId: token.exchangeId }) : null;
    });
    add(`${kind}/header`, 'token-header', `${TOKEN_TITLES[kind]}: header`, decoded.map((one) => one?.header ?? null));
    add(`${kind}/claims`, 'token-claims', `${TOKEN_TITLES[kind]}: claims`, decoded.map((one) => one?.claims ?? null));
  }
  add('timings', 'timings', 'Timings', ofExchange((exchange) => (exchange.response ? timingLines(exchange) : null)));
  add('tls', 'tls', 'Connection', ofExchange(tlsLines));
  return {
    id, title, sections,
    cells: units.map((unit) => {
      const exchange = unit?.exchanges.at(-1);
      return unit && { outcome: unit.outcome, milliseconds: unit.milliseconds, ...(exchange && { exchangeId: exchange.id }) };
    }),
  };
}

function requestOf({ authorization, exchanges }: Unit): Lines {
  if (authorization) {
    const at = { seq: authorization.seq };
    return [line('url', 'Address', page, factOf(withoutQuery(authorization.url), page, at)), ...namedLines(authorization.parameters, '', parameterSpec, () => at)];
  }
  const exchange = exchanges.at(-1);
  if (!exchange) return null;
  return [...requestLines(exchange), ...(exchanges.length > 1 ? [line('repeats', 'Sent', repeats, { text: `${exchanges.length} times` })] : [])];
}

function callbackOf({ callback }: Unit): Lines {
  if (!callback) return null;
  const at = { seq: callback.seq };
  return [
    line('verdict', 'Taken', verdict, { text: callback.verdict, source: at }),
    ...(callback.carrier === undefined ? [] : [line('carrier', 'Came in the', carrier, { text: `${callback.carrier}${callback.jarm === true ? ', as a JWT' : ''}`, source: at })]),
    ...namedLines(callback.parameters, 'parameter/', memberSpec, () => at),
  ];
}

/** JWTs that a request carries (RFC 7523, RFC 9101): read like every other one. */
function assertions(units: readonly (Unit | null)[]): Map<string, { header: Lines[]; claims: Lines[] }> {
  const found = new Map<string, { header: Lines[]; claims: Lines[] }>();
  for (const name of ['client_assertion', 'assertion', 'request', 'subject_token']) {
    const decoded = units.map((unit) => {
      const exchange = unit?.exchanges.at(-1);
      const value = [...(exchange ? requestParameters(exchange) : []), ...(unit?.authorization?.parameters ?? [])].find((parameter) => parameter.name === name)?.value;
      return value === undefined ? null : jwtLines(value, exchange && { exchangeId: exchange.id });
    });
    if (decoded.some((one) => one !== null)) found.set(name, { header: decoded.map((one) => one?.header ?? null), claims: decoded.map((one) => one?.claims ?? null) });
  }
  return found;
}
