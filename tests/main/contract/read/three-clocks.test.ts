import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contradictingClocks, lifetimeOf, remaining, threeClocksOf } from '../../../../src-main/contract/index.ts';
import { answer, jwt, started, token } from './answers.ts';

const seconds = started / 1000;
const clocks = (claims: Record<string, unknown>, { expiresIn, serverAt }: { expiresIn?: unknown; serverAt?: number } = {}) =>
  threeClocksOf(token('access_token', { value: jwt(claims), ...(expiresIn !== undefined && { expiresIn }) }), answer({ body: { expires_in: expiresIn }, ...(serverAt !== undefined && { serverAt }) }));

describe('three clocks', () => {
  it('reads ours, the server’s with its uncertainty, and the token’s own', () => {
    expect(clocks({ iat: seconds, nbf: seconds - 5, exp: seconds + 60 })).toEqual({
      received: started + 110, server: { at: started, give: 1050 }, own: { iat: started, nbf: started - 5000, exp: started + 60_000 }, offset: 0, stated: null,
    });
  });

  it('an opaque token has none of its own; without a Date there is no server’s', () => {
    expect(threeClocksOf(token('access_token', { expiresIn: 60 }), answer({ headers: { Date: '' } }))).toMatchObject({ server: null, own: { iat: null, nbf: null, exp: null }, offset: 0, stated: { member: 'expires_in', milliseconds: 60_000 } });
    expect(threeClocksOf(token('refresh_token'), undefined)).toMatchObject({ server: null, stated: null });
  });

  it('agreeing clocks contradict nothing', () => {
    expect(contradictingClocks(clocks({ iat: seconds, nbf: seconds, exp: seconds + 60 }, { expiresIn: 60 }), started + 1000)).toEqual([]);
    expect(contradictingClocks(clocks({ iat: seconds, exp: seconds + 60 }, { expiresIn: 59 }), started + 1000)).toEqual([]);
    expect(contradictingClocks(clocks({ exp: seconds + 60 }, { expiresIn: 3600 }), started)).toEqual([]);
  });

  it('says that expires_in is not exp − iat', () => {
    expect(contradictingClocks(clocks({ iat: seconds, exp: seconds + 300 }, { expiresIn: 3600 }), started)).toEqual(['expires_in is 60 min, but exp − iat is 5 min.']);
    expect(contradictingClocks(clocks({ iat: seconds, exp: seconds - 300 }, { expiresIn: '60' }), started)[0]).toBe('expires_in is 60 s, but exp − iat is −5 min.');
  });

  it('says that it has expired for them but not for us, and the other way round', () => {
    const ahead = clocks({ iat: seconds + 600, exp: seconds + 660 }, { serverAt: started + 600_000 });
    expect(contradictingClocks(ahead, started + 30_000)).toEqual([]);
    expect(contradictingClocks(ahead, started + 90_000)[0]).toMatch(/^Expired for the provider, whose clock is 10 min ahead/);
    const behind = clocks({ iat: seconds - 600, exp: seconds - 540 }, { serverAt: started - 600_000 });
    expect(contradictingClocks(behind, started + 30_000)[0]).toMatch(/^Expired by our clock, but not for the provider, whose clock is 10 min behind/);
  });

  it('says that it is not valid yet, by which clock', () => {
    expect(contradictingClocks(clocks({ nbf: seconds + 30 }), started)).toEqual(['Not yet valid: nbf is 30 s away.']);
    expect(contradictingClocks(clocks({ nbf: seconds + 600 }, { serverAt: started + 600_000 }), started + 1000)[0]).toContain('by our clock');
    expect(contradictingClocks(clocks({ nbf: seconds + 60, exp: seconds + 30 }), started)).toContain('nbf is not before exp: it is never valid.');
  });

  it('says that iat lies after the server’s own Date', () => {
    expect(contradictingClocks(clocks({ iat: seconds + 120 }), started)).toEqual(['Issued 2 min after the provider’s own Date: its iat lies in the future.']);
    expect(contradictingClocks(clocks({ iat: seconds + 2 }), started)).toEqual([]);
  });

  it('never throws, whatever the claims are', () => {
    const value = fc.oneof(fc.jsonValue(), fc.double(), fc.integer());
    fc.assert(fc.property(value, value, value, value, fc.double({ noNaN: true, min: -8e15, max: 8e15 }), (iat, nbf, exp, expiresIn, now) => {
      for (const sentence of contradictingClocks(clocks({ iat, nbf, exp }, { expiresIn }), now)) expect(sentence).not.toMatch(/NaN|undefined|Infinity/);
    }), { numRuns: 300 });
  });
});

describe('awkward times', () => {
  const stated = lifetimeOf(token('access_token', { expiresIn: 7200 }), answer({ body: { expires_in: 7200 } }));

  it('a leap to summer time moves no end: instants have no zone', () => {
    // In Europe/Berlin the clocks went from 02:00 to 03:00 at 2024-03-31T01:00Z.
    const before = Date.parse('2024-03-31T00:30:00Z');
    const lifetime = { ...stated, expiresAtOurs: before + 7_200_000, received: { at: before, mono: 5000, boot: 'boot-1' } };
    expect(remaining(lifetime, { at: Date.parse('2024-03-31T01:30:00Z'), mono: 5000 + 3_600_000, boot: 'boot-1' })).toMatchObject({ left: 3_600_000, wallMoved: 0 });
    expect(remaining(lifetime, { at: Date.parse('2024-03-31T01:30:00Z'), mono: 0, boot: 'boot-2' })).toMatchObject({ left: 3_600_000 });
  });

  it('a clock that is set back during the run gives no time back', () => {
    const back = remaining(stated, { at: stated.received.at - 86_400_000, mono: stated.received.mono + 60_000, boot: 'boot-1' });
    expect(back).toMatchObject({ by: 'monotonic', wallMoved: -86_460_000 });
    expect(back?.left).toBe((stated.expiresAtOurs ?? 0) - stated.received.at - 60_000);
  });

  it('a token without iat counts from its answer', () => {
    expect(lifetimeOf(token('access_token', { value: jwt({ exp: seconds + 60 }) }), answer())).toMatchObject({ issuedAt: started, expiresAt: started + 60_000 });
  });
});
