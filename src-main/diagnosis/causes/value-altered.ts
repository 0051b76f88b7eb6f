import type { Evidence } from '../../contract/diagnosis.ts';
import type { Case } from '../case/case.ts';
import { wasAccepted } from '../case/refresh.ts';
import type { TokenRequest } from '../case/token-request.ts';
import { sent } from '../case/token-request.ts';
import { DECISIVE, defineCause, STRONG } from '../cause.ts';
import { alteration } from '../diff/alteration.ts';
import { atParameter } from '../evidence.ts';
import { isPlaceholder, isReadable } from '../placeholder.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc6749#appendix-B';

export const valueAltered = defineCause({
  id: 'value_altered', family: 'code', scope: 'any',
  title: 'A value was altered on its way (truncated, encoded twice, “+” turned into a space …)',
  fix: 'Pass the value on as it is and encode it once, with the form encoder of your HTTP library.',
  tellApart: 'The lengths of the value as received and as sent.',
  unknowable: 'Where the value came from is not recorded, so it cannot be compared with what was sent.',
  examine: (c) => {
    if (c.request === null) return [];
    const found = [...compared(c, c.request), ...rawPlus(c.request), ...tellTale(c, c.request)];
    return found.length > 0 ? found : untouched(c, c.request);
  },
});

function originals(c: Case): [name: string, value: string | undefined][] {
  return [
    ['code', c.callback?.code],
    ['refresh_token', c.origin?.tokens?.refresh],
    ['code_verifier', c.state.authorizations.findLast(({ state }) => state !== undefined && state === c.authorization?.state)?.codeVerifier],
  ];
}

function compared(c: Case, request: TokenRequest): Evidence[] {
  return originals(c).flatMap(([name, original]) => {
    const value = sent(request, name);
    if (original === undefined || value === undefined || !isReadable(original) || !isReadable(value)) return [];
    // The server took this very value before, so it is whole; the other one is its successor.
    if (name === 'refresh_token' && wasAccepted(c, value)) return [];
    const changed = alteration(original, value);
    if (changed === null) return [];
    return [atParameter(DECISIVE + 2, request, name, `The ${name} was altered between receiving and sending it: ${changed.text}.`, {
      values: [['Length as received', `${original.length}`], ['Length as sent', `${value.length}`], ['Kind', changed.kind]], source: SOURCE,
    })];
  });
}

/** A bare "+" in a form body is a space to the server; base64 values hold "+". */
function rawPlus(request: TokenRequest): Evidence[] {
  if (request.format !== 'form') return [];
  return ['code', 'refresh_token', 'client_secret', 'code_verifier', 'password', 'assertion'].flatMap((name) => {
    const parameter = request.parameters.find((one) => one.name === name && one.place === 'request-body');
    if (!parameter?.raw.includes('+') || parameter.raw.includes('%2B') || isPlaceholder(parameter.value)) return [];
    return [atParameter(name === 'password' ? 30 : STRONG - 6, request, name, `The ${name} holds a bare “+” in a form body, which the server reads as a space; it must be sent as %2B.`, { source: SOURCE })];
  });
}

const credentials = ['code', 'refresh_token', 'code_verifier', 'client_secret', 'redirect_uri', 'client_id'];

/** Signs of a double encoding that show without the original. */
function tellTale(c: Case, request: TokenRequest): Evidence[] {
  return credentials.flatMap((name) => {
    const value = sent(request, name);
    if (value === undefined || !isReadable(value)) return [];
    const original = originals(c).find(([known]) => known === name)?.[1];
    if (original === value) return [];
    if (/%(?:2[0-9a-f]|3[0-9a-f]|5[bdef]|7[be])/i.test(value)) return [atParameter(name === 'redirect_uri' || original !== undefined ? 50 : 74, request, name, `After decoding, the ${name} still holds “%..” sequences: it was percent-encoded twice.`, { source: SOURCE })];
    if (name !== 'client_secret' && name !== 'redirect_uri' && /^\s|\s$|[\r\n\t]/.test(value)) return [atParameter(74, request, name, `The ${name} has white space or a line break in it.`, { source: SOURCE })];
    if (name !== 'client_secret' && /^["'].*["']$/.test(value)) return [atParameter(70, request, name, `The ${name} was sent with quotation marks around it.`, { source: SOURCE })];
    if ((name === 'code' || name === 'refresh_token') && /[&?]\w+=|#(?:_=?_?$|\w+=|$)/.test(value)) return [atParameter(72, request, name, `The ${name} drags other parts of the callback URL along with it (“&…=”, “#…”).`, { source: SOURCE })];
    return [];
  });
}

function untouched(c: Case, request: TokenRequest): Evidence[] {
  return originals(c).flatMap(([name, original]) => (original !== undefined && sent(request, name) === original && !isPlaceholder(original)
    ? [atParameter(-85, request, name, `The ${name} was sent exactly as it was received.`)] : []));
}
