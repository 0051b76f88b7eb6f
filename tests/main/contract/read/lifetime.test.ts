import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenKind } from '../../../../src-main/contract/index.ts';
import { lifetimeOf, remaining } from '../../../../src-main/contract/index.ts';
import { answer, jwt, started, token } from './answers.ts';

const seconds = started / 1000;
const of = (expiresIn: unknown, kind: TokenKind = 'access_token') => lifetimeOf(token(kind, { expiresIn }), answer({ body: { expires_in: 1 } }));

describe('where the end comes from', () => {
  it('takes expires_in from the server’s Date', () => {
    expect(of(3600)).toMatchObject({ source: 'expires_in', clock: 'server', issuedAt: started, expiresAt: started + 3_600_000, expiresAtOurs: started + 50 + 3_600_000, others: [], notes: [] });
  });

  it('takes expires_in from our clock where the server states no time', () => {
    expect(lifetimeOf(token('access_token', { expiresIn: 60 }), answer({ headers: { Date: '' } }))).toMatchObject({ clock: 'ours', expiresAt: started + 50 + 60_000, skew: null });
    expect(lifetimeOf(token('access_token', { expiresIn: 60 }))).toMatchObject({ clock: 'ours', expiresAt: started + 110 + 60_000 });
  });

  it.each([
    ['"3600"', '3600', 3600, 'text where a number'], ['" 60.5 "', ' 60.5 ', 60.5, 'no whole number'], ['0.5', 0.5, 0.5, 'no whole number'],
    ['zero', 0, 0, 'some servers mean "never"'], ['negative', -30, -30, 'negative'], ['twenty years', 630_720_000, 630_720_000, 'more than ten years'],
    ['a point in time', seconds + 3600, seconds + 3600, 'looks like a point in time'], ['a point in time in milliseconds', started, started, 'in milliseconds'],
  ])('reads %s and says it', (_name, stated, wanted, note) => {
    const found = of(stated);
    expect(found).toMatchObject({ source: 'expires_in', expiresAt: started + wanted * 1000 });
    expect(found.notes.join(' ')).toContain(note);
  });

  it.each([['never'], [''], [null], [true], [[3600]], [{ seconds: 1 }], ['1e3'], ['0x10'], [1e308], [Number.MAX_VALUE], ['9'.repeat(300)], ['PT1H']])('leaves %j unknown and says why', (stated) => {
    const found = of(stated);
    expect(found.source).toBe('unknown');
    expect(found.expiresAt).toBeUndefined();
    expect(found.notes).toHaveLength(found.notes.length || 1);
    expect(remaining(found, { at: started, mono: 0, boot: 'boot-1' })).toBeNull();
  });

  it('leaves an opaque token without a statement unknown, without a note', () => {
    expect(lifetimeOf(token('access_token'), answer())).toMatchObject({ source: 'unknown', notes: [], others: [] });
    expect(lifetimeOf(token('refresh_token'), answer({ body: { expires_in: 60 } })).source).toBe('unknown');
  });

  it.each(['refresh_expires_in', 'refresh_token_expires_in', 'x_refresh_token_expires_in', 'refresh_token_expires'])('names %s of a refresh token', (name) => {
    expect(lifetimeOf(token('refresh_token', { expiresIn: 600 }), answer({ body: { [name]: 600, expires_in: 60 } }))).toMatchObject({ source: name, expiresAt: started + 600_000 });
  });

  it('does not take 0 for the end of a refresh token', () => {
    const found = lifetimeOf(token('refresh_token', { expiresIn: 0 }), answer({ body: { refresh_expires_in: 0 } }));
    expect(found.source).toBe('unknown');
    expect(found.notes[0]).toContain('no fixed end');
  });

  it('takes the exp of a JWT where nothing was stated, masked or not', () => {
    const value = jwt({ exp: seconds + 300, iat: seconds - 1 });
    expect(lifetimeOf(token('access_token', { value }), answer())).toMatchObject({ source: 'exp', issuedAt: started - 1000, expiresAt: started + 300_000, expiresAtOurs: started + 300_000 });
    const masked = `${value.slice(0, value.lastIndexOf('.'))}.\ue0f0signature:342:0123456789abcdef\ue0f1`;
    expect(lifetimeOf(token('access_token', { value: masked }), answer()).expiresAt).toBe(started + 300_000);
  });

  it.each([
    ['milliseconds', started + 300_000, started + 300_000, 'in milliseconds where seconds belong; a client that reads seconds sees the year 5'],
    ['text', String(seconds + 300), started + 300_000, 'text where a number belongs'], ['zero', 0, 0, 'start of 1970'], ['negative', -5, -5000, 'before 1970'],
  ])('reads an exp in %s and says it', (_name, exp, expiresAt, note) => {
    const found = lifetimeOf(token('access_token', { value: jwt({ exp }) }), answer());
    expect(found).toMatchObject({ source: 'exp', expiresAt });
    expect(found.notes.join(' ')).toContain(note);
  });

  it.each([[1e308], ['soon'], [null], [{}], [[1]]])('leaves an exp of %j unknown and says why', (exp) => {
    const found = lifetimeOf(token('access_token', { value: jwt({ exp }) }), answer());
    expect(found.source).toBe('unknown');
    expect(found.notes).toHaveLength(1);
  });

  it('says that exp is not after iat', () => {
    expect(lifetimeOf(token('access_token', { value: jwt({ exp: seconds - 60, iat: seconds }) }), answer()).notes).toContain('exp is not after iat: the token was never valid.');
  });
});

describe('contradictions', () => {
  it('keeps an exp that agrees beside expires_in, and says nothing', () => {
    const found = lifetimeOf(token('access_token', { value: jwt({ exp: seconds + 60 }), expiresIn: 60 }), answer({ body: { expires_in: 60 } }));
    expect(found).toMatchObject({ source: 'expires_in', others: [{ source: 'exp', by: 0, disagrees: false }], notes: [] });
  });

  it('says by how much they differ', () => {
    const found = lifetimeOf(token('access_token', { value: jwt({ exp: seconds + 300 }), expiresIn: 3600 }), answer({ body: { expires_in: 3600 } }));
    expect(found.others).toEqual([{ source: 'exp', expiresAt: started + 300_000, by: -3_300_000, disagrees: true }]);
    expect(found.notes).toEqual(['exp ends 55 min earlier than expires_in says.']);
  });

  it('lets the exp of an ID token count before what the answer said', () => {
    expect(lifetimeOf(token('id_token', { value: jwt({ exp: seconds + 300 }), expiresIn: 60 }), answer({ body: { id_token_expires_in: 60 } })))
      .toMatchObject({ source: 'exp', others: [{ source: 'id_token_expires_in', by: -240_000, disagrees: true }] });
  });

  it('counts down by our clock where the server’s is off', () => {
    const found = lifetimeOf(token('access_token', { value: jwt({ exp: seconds + 3600 + 60 }) }), answer({ serverAt: started + 3_600_000 }));
    expect(found).toMatchObject({ expiresAt: started + 3_660_000, expiresAtOurs: started + 60_050 });
    expect(found.notes).toEqual(["The server's clock is 60 min ahead of ours (± 1 s)."]);
  });
});

describe('remaining', () => {
  const lifetime = of(60);
  const full = 60_000 + 50 - 110;

  it('runs on the monotonic clock within one process start', () => {
    expect(remaining(lifetime, { at: started + 110, mono: 5000, boot: 'boot-1' })).toEqual({ left: full, past: 0, expired: false, by: 'monotonic', wallMoved: 0 });
    expect(remaining(lifetime, { at: started + 10_110, mono: 15_000, boot: 'boot-1' })).toMatchObject({ left: full - 10_000, wallMoved: 0 });
  });

  it('runs on the wall clock after a restart and says so', () => {
    expect(remaining(lifetime, { at: started + 10_110, mono: 3, boot: 'boot-2' })).toEqual({ left: full - 10_000, past: 0, expired: false, by: 'wall', wallMoved: 0 });
  });

  it('says how long ago the end was', () => {
    expect(remaining(lifetime, { at: 0, mono: 5000 + full + 7000, boot: 'boot-1' })).toMatchObject({ left: 0, past: 7000, expired: true });
  });

  it('is finite and never negative, whatever was stated and whatever the clocks say', () => {
    const value = fc.oneof(fc.jsonValue(), fc.double(), fc.integer(), fc.string().map((claims) => claims), fc.double().map(String));
    expect(lifetimeOf(token('access_token', { expiresIn: Number.NaN, value: jwt({}) }), answer()).source).toBe('unknown');
    fc.assert(fc.property(value, value, value, fc.double({ noNaN: true, min: -1e15, max: 1e15 }), fc.double({ noNaN: true, min: 0, max: 1e12 }), fc.constantFrom('boot-1', 'boot-2'), (expiresIn, exp, iat, at, mono, boot) => {
      for (const kind of ['access_token', 'refresh_token', 'id_token'] as const) {
        const found = lifetimeOf(token(kind, { expiresIn, value: jwt({ exp, iat }) }), answer());
        for (const moment of [found.issuedAt, found.expiresAt]) if (moment !== undefined) expect(Number.isNaN(new Date(moment).getTime())).toBe(false);
        const rest = remaining(found, { at, mono, boot });
        expect(rest === null).toBe(found.source === 'unknown');
        if (rest) expect([rest.left, rest.past].every((ms) => Number.isFinite(ms) && ms >= 0)).toBe(true);
      }
    }), { numRuns: 500 });
  });
});
