import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src-main/contract/index.ts';
import { SecretBook } from '../../../../src-main/wire/secrets/index.ts';

const common = { seq: 3, at: 0, mono: 0, boot: 'b' };

describe('probes and repeated requests, masked', () => {
  it('hides a secret that a server repeats in what a probe found, and keeps the links', () => {
    const book = new SecretBook(new Uint8Array(32).fill(7));
    const secret = 'CANARY-secret-0c4d8e1f';
    book.add('client_secret', secret);
    const concluded: RunEvent = {
      ...common, type: 'probe-concluded', step: 's', probe: 'client-check', finding: `Answered with ${secret} (401).`, meaning: 'Wrong.',
      supports: ['client_secret_invalid'], excludes: ['code_expired'], exchangeId: 'e1', about: 'e0',
    };
    const masked = book.maskEvent(concluded);
    expect(JSON.stringify(masked)).not.toContain(secret);
    expect(masked).toMatchObject({ probe: 'client-check', supports: ['client_secret_invalid'], excludes: ['code_expired'], exchangeId: 'e1', about: 'e0' });
    const resent: RunEvent = { ...common, type: 'step-started', step: 's', kind: 'resend', resentFrom: 'e0' };
    expect(book.maskEvent(resent)).toEqual(resent);
  });
});
