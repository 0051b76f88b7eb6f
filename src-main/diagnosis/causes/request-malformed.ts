import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { readPast } from '../case/said.ts';
import type { TokenRequest } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atHeader, atParameter, atRequestLine, evidence } from '../evidence.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc6749#section-3.2';

/** Providers whose documentation shows JSON bodies at the token endpoint. */
const takesJson = new Set(['atlassian', 'auth0', 'box', 'github', 'hubspot', 'twitch', 'zoom']);

export const requestMalformed = defineCause({
  id: 'request_malformed', family: 'format', scope: 'any',
  title: 'The request has the wrong form (method, content type, encoding or duplicate parameters)',
  fix: 'Send a POST with Content-Type: application/x-www-form-urlencoded and every parameter once in the body.',
  unknowable: 'The request is not recorded.',
  examine: (c) => {
    if (c.request === null) return [];
    const found = [...method(c, c.request), ...form(c, c.request), ...duplicates(c.request)];
    return found.length > 0 ? found : [atRequestLine(-8, c.request, 'The request is a POST with a well-formed form body.')];
  },
});

function method(c: Case, request: TokenRequest): Evidence[] {
  const verb = request.exchange.method.toUpperCase();
  if (verb === 'POST') return [];
  return [atRequestLine(c.error.error === 'invalid_grant' || readPast(c) ? 30 : 84, request, `The request is a ${verb}; the token endpoint takes POST only.`, { source: SOURCE })];
}

/** A server that answers invalid_grant has read the grant, so it understood the body. */
function form(c: Case, request: TokenRequest): Evidence[] {
  if (request.exchange.method.toUpperCase() !== 'POST') return [];
  const understood = c.error.error === 'invalid_grant' || readPast(c) || (c.error.error === 'invalid_client' && request.parameters.length > 0 && request.credentials.methods[0] !== 'client_secret_basic' && request.format === 'form');
  const at = (weight: number, text: string): Evidence => atHeader(understood ? Math.min(weight, 24) : weight, request, 'Content-Type', text, { source: SOURCE });
  const type = request.contentType?.toLowerCase() ?? '';
  const form = type.includes('application/x-www-form-urlencoded');
  if (request.format === 'json') {
    if (c.recognised && takesJson.has(c.recognised.provider.knowledge.id)) return [];
    return [at(form ? 88 : 86, form ? 'The body is JSON but is announced as a form.' : 'The body is JSON; the token endpoint takes application/x-www-form-urlencoded.')];
  }
  if (request.format === 'multipart') return [at(84, 'The body is multipart/form-data; the token endpoint takes application/x-www-form-urlencoded.')];
  if (request.format === 'empty') {
    const inQuery = request.parameters.some(({ name }) => name === 'grant_type');
    return [evidence(understood ? 20 : inQuery ? 82 : 70, request.exchange.id, inQuery ? 'request query' : 'request body', inQuery ? 'The parameters are in the URL’s query; they belong in the body.' : 'The body of the request is empty.', { part: inQuery ? 'request-query' : 'request-body' }, { source: SOURCE })];
  }
  if (request.format === 'other') return [evidence(76, request.exchange.id, 'request body', 'The body is no form: it does not consist of name=value pairs joined by “&”.', { part: 'request-body' }, { source: SOURCE })];
  if (type === '') return [at(74, 'The request has a form body but no Content-Type, so servers do not read it.')];
  if (!form) return [at(82, `The body is a form but is announced as “${type.slice(0, 60)}”.`)];
  return /(?:^|[&\s])[\w]+=[^&]*[\r\n]/.test(request.body.trim()) ? [evidence(50, request.exchange.id, 'request body', 'There is a line break inside the form body.', { part: 'request-body' })] : [];
}

function duplicates(request: TokenRequest): Evidence[] {
  const names = request.parameters.map(({ name }) => name);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].filter((name) => !['resource', 'audience'].includes(name));
  return twice.map((name) => atParameter(82, request, name, `Parameter ${name} is sent more than once, which is not allowed.`, { source: SOURCE }));
}
