import type { ImportedExchange } from './imported.ts';
import { limits } from './limits.ts';

/**
 * Cuts the bodies outside the grant where they are too many: pictures, scripts and pages of a browser's log would each be searched for
 * secrets whenever the Run is opened. Each cut is recorded in its answer.
 *
 * @param grant exchanges that are kept whole
 * @returns the same list where nothing had to be cut
 */
export function withoutBallast(exchanges: ImportedExchange[], grant: ReadonlySet<ImportedExchange>): ImportedExchange[] {
  const outside = exchanges.reduce((sum, exchange) => sum + (grant.has(exchange) ? 0 : exchange.body.length + (exchange.response?.body.length ?? 0)), 0);
  if (outside <= limits.outside) return exchanges;
  const limit = limits.outsideBody;
  return exchanges.map((exchange) => {
    if (grant.has(exchange)) return exchange;
    const { response } = exchange;
    const long = response !== null && response.body.length > limit;
    return {
      ...exchange, body: exchange.body.slice(0, limit),
      response: long ? { ...response, body: response.body.slice(0, limit), cut: { kept: limit, limit, counted: 'decoded' } } : response,
    };
  });
}
