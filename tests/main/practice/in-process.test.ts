import { describe, expect, it } from 'vitest';
import { InProcessPractice } from '../../../src-main/practice/index.ts';
import { usualLifetimes } from '../../support/practice/index.ts';

describe('InProcessPractice', () => {
  it('starts once for two who ask, and anew after a stop', async () => {
    const practice = new InProcessPractice();
    await practice.stop();
    const [first, second] = await Promise.all([practice.start(usualLifetimes), practice.start(usualLifetimes)]);
    if (!first.ok) throw new Error(first.problem.message);
    expect(second).toEqual(first);
    expect((await fetch(`${first.value.issuer}/jwks`)).status).toBe(200);
    await practice.stop();
    await expect(fetch(`${first.value.issuer}/jwks`)).rejects.toThrow();
    const again = await practice.start(usualLifetimes);
    expect(again.ok && again.value.clients.confidential.secret).not.toBe(first.value.clients.confidential.secret);
    await practice.stop();
  });
});
