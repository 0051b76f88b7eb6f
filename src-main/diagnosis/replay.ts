import type { Diagnosis } from '../contract/diagnosis.ts';
import { replayLabelOf, tokenReplayLabel } from '../contract/read/replay.ts';
import type { Case } from './case/case.ts';
import { grantTypeOf } from './case/token-request.ts';

export { replayLabelOf };

export function replayLabels(c: Case): Diagnosis['replay'] {
  const tokens = (c.request === null ? c.others : [...c.others, c.request]).map((request) => ({ exchangeId: request.exchange.id, ...tokenReplayLabel(grantTypeOf(request)) }));
  return [...tokens, ...c.surroundings.map(({ exchange }) => ({ exchangeId: exchange.id, ...replayLabelOf(exchange) }))];
}
