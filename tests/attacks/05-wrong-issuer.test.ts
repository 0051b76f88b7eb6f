import { afterEach, describe, expect, it } from 'vitest';
import type { Listening } from '../support/browser/index.ts';
import { ISSUER, listening } from '../support/browser/index.ts';

describe('attack 5: wrong or missing issuer (mix-up)', () => {
  let open: Listening | null = null;
  afterEach(() => open?.receiver.close());

  const wrong = ['https://evil.example', `${ISSUER}/`, ISSUER.toUpperCase(), `${ISSUER}:443`, ISSUER.replace('https', 'http'), `${ISSUER}%00`, ISSUER.replace('e', '\u0435')];
  for (const answer of ['code=CANARY-stolen-code', 'error=access_denied']) {
    it(`refuses another iss before ${answer.split('=')[0]} is used`, async () => {
      open = await listening({ expected: { issuerRequired: true } });
      for (const iss of wrong) {
        // Once as a value, and with the state wrong as well: the issuer is looked at first.
        for (const state of [open.state, 'wrong']) expect((await open.navigate(`/callback?${answer}&state=${state}&iss=${encodeURIComponent(iss)}`)).status).toBe(400);
      }
      expect(new Set(open.verdicts())).toEqual(new Set(['iss-mismatch']));
      expect(await open.accepted()).toBeNull();
    });

    it(`refuses ${answer.split('=')[0]} without the iss that the metadata promises`, async () => {
      open = await listening({ expected: { issuerRequired: true } });
      for (const missing of ['', '&iss=']) expect((await open.navigate(`/callback?${answer}&state=${open.state}${missing}`)).status).toBe(400);
      expect(open.verdicts()).toEqual(['iss-missing', 'iss-missing']);
      expect(await open.accepted()).toBeNull();
    });
  }

  it('takes the right one', async () => {
    open = await listening({ expected: { issuerRequired: true } });
    expect((await open.navigate(`${open.right}&iss=${encodeURIComponent(ISSUER)}`)).status).toBe(303);
  });
});
