import { describe, expect, it } from 'vitest';
import { lifetimeOf, remaining } from '../../src-main/contract/index.ts';
import { answer, started, token } from '../main/contract/read/answers.ts';

const DAY = 86_400_000;
const lifetime = lifetimeOf(token('access_token', { expiresIn: 3600 }), answer({ body: { expires_in: 3600 } }));
const at = (elapsed: number, jump: number) => remaining(lifetime, { at: started + 110 + elapsed + jump, mono: 5000 + elapsed, boot: 'boot-1' });

describe('attack 50: the system clock is set', () => {
  it.each([['a day forward', DAY], ['a day back', -DAY], ['summer time', 3_600_000], ['winter time', -3_600_000], ['1970', -started], ['2100', 4_102_444_800_000 - started]])('attack 50: %s does not move the countdown', (_name, jump) => {
    const rest = at(1_000_000, jump);
    expect(rest).toMatchObject({ left: 3_600_000 - 60 - 1_000_000, expired: false, by: 'monotonic', wallMoved: jump });
  });

  it('attack 50: the countdown ends at zero and stays there', () => {
    for (const elapsed of [3_599_940, 3_600_000, 10 * DAY, 1e12]) expect(at(elapsed, -DAY)).toMatchObject({ left: 0, expired: true });
  });

  it('attack 50: after a restart a clock set back gives no endless lifetime unsaid', () => {
    expect(remaining(lifetime, { at: 0, mono: 1, boot: 'boot-2' })).toMatchObject({ by: 'wall', past: 0, expired: false });
  });
});
