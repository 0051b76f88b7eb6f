import type { Finding } from '../../../contract/index.ts';
import { noFinding } from '../bounds.ts';
import { spendFresh } from '../looks.ts';
import type { Measuring } from '../measuring.ts';

/** Whether a refresh brings another refresh token (RFC 6749 §6; RFC 9700 §4.14.2). */
export async function measureRotation(m: Measuring): Promise<Finding> {
  const spent = await spendFresh(m, 'rotation');
  if (typeof spent === 'string') return noFinding('rotation', null, spent);
  const { token, look } = spent;
  const brought = m.state.tokens.findLast(({ record, exchangeId }) => record.kind === 'refresh_token' && exchangeId === look.exchange.id);
  const rotated = brought !== undefined && brought.record.value !== token.record.value;
  const sentence = rotated ? 'Rotation is on: each refresh brings another refresh token.'
    : brought ? 'Rotation is off: a refresh brings the same refresh token back.' : 'Rotation is off: a refresh brings no refresh token, the old one goes on.';
  return { question: 'rotation', claimed: null, atLeast: null, atMost: null, verdict: rotated ? 'yes' : 'no', sentence, late: false, exchanges: [look.exchange.id] };
}
