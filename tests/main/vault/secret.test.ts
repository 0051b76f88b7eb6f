import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src-main/vault/index.ts';
import { canary } from '../../support/keyring/canary.ts';

describe('Secret', () => {
  it('prints nothing of itself, however it is printed', () => {
    const value = canary('client-secret');
    const secret = new Secret(value);
    const printed = [
      String(secret), `${secret as unknown as string}`, JSON.stringify({ secret }), inspect(secret), inspect({ deep: [secret] }, { showHidden: true, depth: 9 }),
      [secret].join(), JSON.stringify(Object.entries(secret)), JSON.stringify(structuredClone({ ...secret })), new Error('no', { cause: secret }).cause as string,
    ].map(String);
    for (const text of printed) expect(text).not.toContain('CANARY');
    expect(printed[0]).toBe('[redacted]');
    expect(secret.expose()).toBe(value);
  });
});
