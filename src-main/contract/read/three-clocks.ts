import type { Exchange } from '../exchange.ts';
import { clockSkewOf, durationText, isSkewed } from './clock.ts';
import { decodeJwt } from './jwt.ts';
import { memberIn, readMoment, readStated } from './lifetime-stated.ts';
import type { TokenState } from './run-state.ts';

/** Instants of one token by three clocks, epoch milliseconds. */
export interface ThreeClocks {
  /** Ours, when its answer had come. */
  received: number;
  /** The server's, when it answered, give or take so many milliseconds: half the round trip, and the second that `Date` cuts off. */
  server: { at: number; give: number } | null;
  /** Its own. */
  own: { iat: number | null; nbf: number | null; exp: number | null };
  /** The server's clock minus ours, 0 where they agree as far as can be told. */
  offset: number;
  /** `expires_in`, milliseconds, where the answer stated one that can be read. */
  stated: { member: string; milliseconds: number } | null;
}

/** Rounding to whole seconds, twice. */
const GRAIN = 2000;

/**
 * Reads the three clocks of a token. Works on masked tokens too. Never throws.
 *
 * @param exchange the answer it came in
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-4.1
 */
export function threeClocksOf(token: TokenState, exchange: Exchange | undefined): ThreeClocks {
  const skew = exchange ? clockSkewOf(exchange) : null;
  const { claims } = decodeJwt(token.record.value);
  const claim = (name: 'iat' | 'nbf' | 'exp'): number | null => readMoment(claims?.[name], name).at;
  const { kind, expiresIn } = token.record;
  const stated = expiresIn === undefined ? null : readStated(expiresIn, memberIn(kind, exchange), kind, skew?.serverTime ?? token.receivedAt);
  return {
    received: token.receivedAt,
    server: skew && { at: skew.serverTime, give: skew.uncertainty },
    own: { iat: claim('iat'), nbf: claim('nbf'), exp: claim('exp') },
    offset: skew && isSkewed(skew) ? skew.offset : 0,
    stated: stated === null || stated.milliseconds === null ? null : { member: stated.member, milliseconds: stated.milliseconds },
  };
}

/**
 * Where the clocks contradict each other now, in sentences.
 *
 * @param now our clock, epoch milliseconds
 */
export function contradictingClocks({ server, own: { iat, nbf, exp }, offset, stated }: ThreeClocks, now: number): string[] {
  const there = now + offset;
  const said: string[] = [];
  if (stated && exp !== null && iat !== null && Math.abs(stated.milliseconds - (exp - iat)) > GRAIN) {
    said.push(`${stated.member} is ${durationText(stated.milliseconds)}, but exp − iat is ${exp < iat ? '−' : ''}${durationText(exp - iat)}.`);
  }
  if (exp !== null && exp <= there && exp > now) said.push(`Expired for the provider, whose clock is ${durationText(offset)} ahead, but not by ours: a client that looks at exp here still sends it.`);
  if (exp !== null && exp > there && exp <= now) said.push(`Expired by our clock, but not for the provider, whose clock is ${durationText(offset)} behind.`);
  if (nbf !== null && nbf > there) said.push(`Not yet valid: nbf is ${durationText(nbf - there)} away${offset === 0 ? '' : ' by the provider’s clock'}.`);
  else if (nbf !== null && nbf > now) said.push(`Not yet valid by our clock: nbf is ${durationText(nbf - now)} away; for the provider it is.`);
  if (nbf !== null && exp !== null && nbf >= exp) said.push('nbf is not before exp: it is never valid.');
  if (iat !== null && server !== null && iat - server.at > server.give + GRAIN) said.push(`Issued ${durationText(iat - server.at)} after the provider’s own Date: its iat lies in the future.`);
  return said;
}
