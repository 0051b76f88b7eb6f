import { describe, expect, it } from 'vitest';
import { parameterWords } from '../../../../src-main/contract/index.ts';

describe('words about parameters', () => {
  it('explains what every option of a request sends, each with a section', () => {
    const names = [
      'response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce', 'code_challenge', 'code_challenge_method', 'response_mode', 'prompt', 'max_age',
      'login_hint', 'ui_locales', 'acr_values', 'claims', 'resource', 'authorization_details', 'request', 'request_uri', 'grant_type', 'code', 'code_verifier', 'response', 'iss',
    ];
    for (const name of names) expect(parameterWords(name)).toEqual({ text: expect.stringMatching(/^[A-Z].{15,160}\.$/), section: expect.stringMatching(/§|not standardised/) });
  });

  it('says nothing of a name nobody defined, whatever it is', () => {
    for (const name of ['', 'x', '__proto__', 'constructor', 'toString']) expect(parameterWords(name)).toBeUndefined();
  });
});
