import { defineCause } from '../cause.ts';
import { refusedRefreshToken, wasAccepted } from '../case/refresh.ts';
import { readJwt } from '../case/jwt.ts';
import { atParameter } from '../evidence.ts';
import { isNothingWord } from '../nothing-word.ts';
import { isReadable } from '../placeholder.ts';

export const refreshInvalid = defineCause({
  id: 'refresh_invalid', family: 'refresh', scope: 'refresh',
  title: 'The refresh token is not one the server can read or find',
  fix: 'Send the refresh token of the latest answer, whole and unchanged, to the server that issued it.',
  unknowable: 'The answer this refresh token came from is not recorded, so it cannot be compared.',
  examine: (c) => {
    const token = refusedRefreshToken(c);
    if (token === undefined || c.request === null) return [];
    if (isNothingWord(token)) return [atParameter(90, c.request, 'refresh_token', `What was sent as refresh token is the word “${token.trim()}”: the program had no value there.`)];
    const access = c.before.find((request) => request.tokens?.access === token || request.tokens?.id === token);
    if (access) return [atParameter(92, c.request, 'refresh_token', `What was sent as refresh token is the ${access.tokens?.access === token ? 'access' : 'ID'} token.`)];
    if (wasAccepted(c, token)) return [atParameter(-60, c.request, 'refresh_token', 'The server took this very refresh token before.')];
    if (c.origin?.tokens?.refresh === token) return [atParameter(-50, c.request, 'refresh_token', 'The refresh token was sent exactly as it was received.')];
    const jwt = isReadable(token) ? readJwt(token) : null;
    const type = jwt?.claims['typ'] ?? jwt?.header['typ'];
    if (typeof type === 'string' && /^(?:bearer|id|at\+jwt)$/i.test(type)) return [atParameter(72, c.request, 'refresh_token', `What was sent as refresh token calls itself “${type}”.`)];
    const issued = c.before.filter((request) => request.tokens?.refresh !== undefined);
    if (c.origin === null && issued.length > 0) return [atParameter(56, c.request, 'refresh_token', 'The refresh token sent is none of those the server issued in this run.')];
    // How it differs is a cause of its own.
    if (c.origin !== null) return [atParameter(24, c.request, 'refresh_token', 'The refresh token sent is not the one that was received.')];
    return [];
  },
});
