import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { $, browser, expect } from '@wdio/globals';
import { button, item, press, region, runAtRest, stateOf, value } from './support/app.ts';
import { leave, runOnce, signIn } from './support/person.ts';

const run = promisify(execFile);

/** Each classic failure: what is clicked, whether it needs a fresh code, and what this server answers. */
const failures = [
  { name: 'Redeem the code again', provocation: 'reuse-code', error: 'invalid_grant', fresh: false, cause: 'The authorization code had been redeemed before' },
  { name: 'Redeem with another redirect URI', provocation: 'wrong-redirect', error: 'invalid_grant', fresh: true, cause: 'redirect_uri differs from the one of the authorization request' },
  { name: 'Redeem with a wrong verifier', provocation: 'wrong-verifier', error: 'invalid_grant', fresh: true, cause: 'code_verifier does not belong to the code_challenge' },
  { name: 'Redeem with a wrong secret', provocation: 'wrong-secret', error: 'invalid_client', fresh: true, cause: 'The client secret is wrong' },
  { name: 'Reuse a rotated refresh token', provocation: 'reuse-refresh', error: 'invalid_grant', fresh: false, cause: 'A refresh token that had been rotated away was used again' },
  { name: 'Use a revoked refresh token', provocation: 'refresh-revoked', error: 'invalid_grant', fresh: false, cause: 'The refresh token or its grant was revoked' },
] as const;

describe('failures provoked on purpose', () => {
  after(leave);

  for (const { name, provocation, error, fresh, cause } of failures) {
    describe(name, () => {
      let runId = '';
      let exchangeId = '';

      it(`shows ${error} with the failing exchange selected`, async () => {
        runId = await runOnce();
        await press('Provoke a failure');
        await item(name).waitForClickable();
        await item(name).click();
        if (fresh) await signIn();
        await browser.waitUntil(async () => (await stateOf(runId)).refusals.length > 0, { timeout: 20_000, timeoutMsg: 'Nothing was refused' });
        await runAtRest();
        const { refusals } = await stateOf(runId);
        expect(refusals.at(-1)).toMatchObject({ provocation, error: { error } });
        exchangeId = refusals.at(-1)?.exchangeId ?? '';
        await expect(region('Inspector')).toHaveText(expect.stringContaining(error));
        await expect(region('Sequence')).toHaveText(expect.stringContaining(error));
      });

      it('says why, the right cause first, with evidence that leads to its bytes', async () => {
        const first = $('[aria-label="Diagnosis"] article');
        await first.waitForDisplayed();
        expect(await first.getAttribute('aria-label')).toBe(cause);
        await $('[aria-label="Evidence"] button').click();
        await expect(region('Inspector')).toHaveText(expect.stringContaining('Evidence:'));
        await expect($('[aria-label="Inspector"] :is(.masked > mark, .spot)')).toBeDisplayed();
        await press('Why');
        await first.waitForDisplayed();
      });

      it('copies a masked curl, and the one with secrets gives the same error when it is run', async () => {
        await press('Copy as curl');
        await browser.waitUntil(async () => (await clipboardText()).includes('curl'), { timeoutMsg: 'Nothing was copied' });
        const masked = await clipboardText();
        expect(masked).toContain('$');
        const exported = await value('export.curl', { runId, exchangeId, secrets: true });
        expect(exported.text).toBeNull();
        const withSecrets = await clipboardText();
        expect(withSecrets).not.toBe(masked);
        const { stdout } = await run('sh', ['-c', withSecrets], { timeout: 20_000 });
        expect(stdout).toContain(`"error":"${error}"`);
        expect(stdout).toMatch(/^HTTP\/1\.1 4\d\d/);
      });
    });
  }

  // A suite of its own: Mocha plays the tests of a suite before the suites in it.
  describe('afterwards', () => it('nothing is cleaned away: every refusal and every dead token is still listed', async () => {
    const listed = await value('run.list', {});
    expect(listed).toHaveLength(failures.length);
    for (const summary of listed) {
      const state = await stateOf(summary.id);
      expect(state.refusals.length).toBeGreaterThan(0);
      expect(state.tokens.length).toBeGreaterThan(0);
    }
    await expect(button('Run')).toBeEnabled();
    await expect($('[aria-label="Runs"]')).toHaveText(expect.stringContaining('invalid_grant'));
  }));
});

function clipboardText(): Promise<string> {
  return browser.electron.execute((electron) => electron.clipboard.readText()) as Promise<string>;
}
