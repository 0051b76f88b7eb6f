/** The practice provider in the test's own process, on a free port. */
import type { PracticeLifetimes } from '../../../src-main/contract/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { startPracticeProvider } from '../../../src-main/practice/index.ts';

export const usualLifetimes: PracticeLifetimes = { authorizationCode: 60, accessToken: 120, idToken: 120, refreshToken: 600 };

/**
 * Starts a practice provider for one test file; close it in `afterAll`.
 *
 * @param lifetimes seconds; what is left out is as usual
 */
export async function startPractice(lifetimes: Partial<PracticeLifetimes> = {}): Promise<PracticeProvider> {
  const started = await startPracticeProvider({ port: 0, lifetimes: { ...usualLifetimes, ...lifetimes } });
  if (!started.ok) throw new Error(started.problem.message);
  return started.value;
}
