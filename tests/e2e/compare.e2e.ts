import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { $, browser, expect } from '@wdio/globals';
import { segmentsOf } from '../../src-main/contract/index.ts';
import { item, press, region, runAtRest, stateOf, texts, value } from './support/app.ts';
import { leave, runOnce, signIn } from './support/person.ts';
import { stage } from './support/stage.ts';

const runButton = (index: number) => $(`(//*[@aria-label="Runs"]//button[@aria-current])[${index}]`);

/** The system's file dialog belongs to the desktop and not to us: its answer is given, everything after it is real. */
async function answerSaveDialog(path: string): Promise<void> {
  await browser.electron.execute((electron, filePath) => {
    electron.dialog.showSaveDialog = async () => ({ canceled: false, filePath: filePath as string });
  }, path);
}

/** A second practice environment, made as the form makes it. */
async function secondEnvironment(): Promise<void> {
  const [first] = await value('environment.list', {});
  if (!first) throw new Error('There is no environment.');
  const copy = await value('environment.duplicate', { environmentId: first.config.id });
  await value('environment.save', { config: { ...copy.config, name: 'Short lives', provider: { kind: 'practice', client: 'confidential', lifetimes: { authorizationCode: 60, accessToken: 20, idToken: 120, refreshToken: 600 } } }, secret: { action: 'keep' } });
}

describe('side by side', () => {
  let [good, bad] = ['', ''];
  after(leave);

  it('a good and a refused run, marked in the list: the reason is said first and tied to the diagnosis', async () => {
    good = await runOnce();
    bad = await runOnce();
    await press('Provoke a failure');
    await item('Redeem the code again').waitForClickable();
    await item('Redeem the code again').click();
    await browser.waitUntil(async () => (await stateOf(bad)).refusals.length === 1);
    await runAtRest();
    for (const index of [2, 1]) await browser.action('key').down('\uE009').perform(true).then(() => runButton(index).click()).then(() => browser.action('key').up('\uE009').perform());
    await expect(region('Marked for a comparison')).toHaveText(expect.stringContaining('2 marked'));
    await press('Compare');
    await region('Comparison').waitForDisplayed();
    await region('Columns').waitForDisplayed();
    const [first] = await texts('[aria-label="What can explain it"] li');
    expect(first).toContain('This code');
    expect(first).toContain('was sent before');
    expect(first).toContain('The authorization code had been redeemed before');
    expect(first).toContain('likely');
    await expect(region('Columns')).toHaveText(expect.stringContaining('Succeeded'));
    await expect(region('Columns')).toHaveText(expect.stringContaining('invalid_grant'));
  });

  it('an explanation leads to its row, a cell to the exchange it was read from, and there is a way back', async () => {
    await $('[aria-label="What can explain it"] li button').click();
    await browser.waitUntil(async () => browser.execute(() => document.activeElement?.id.endsWith('checks/code-use')), { timeoutMsg: 'The row has no focus' });
    await $('//*[@aria-label="Steps side by side"]//tr[.//button[starts-with(normalize-space(.),"Code for tokens")]]//button[normalize-space(.)="400"]').click();
    await expect(region('Inspector')).toHaveText(expect.stringContaining('invalid_grant'));
    await press('Back to the comparison');
    await region('Columns').waitForDisplayed();
  });

  it('only what is meaningful is shown until more is asked for, and a filter finds a row', async () => {
    const rows = async (): Promise<number> => (await texts('[aria-label="Comparison"] tr[id] th')).length;
    const before = await rows();
    await $('//*[@aria-label="Which differences are shown"]//label[contains(., "expected")]/input').click();
    await browser.waitUntil(async () => await rows() > before);
    await $('[aria-label="Filter the rows"]').setValue('code_challenge');
    await browser.waitUntil(async () => {
      const labels = await texts('[aria-label="Comparison"] tr[id] th');
      return labels.length > 0 && labels.every((label) => label.includes('code_challenge'));
    });
    await browser.keys('Escape');
    await expect($('[aria-label="Filter the rows"]')).toHaveValue('');
  });

  it('attack 55: saved as one HTML file and as Markdown, no secret is in them', async () => {
    const secrets = [...await secretsOf(good), ...await secretsOf(bad)];
    expect(secrets.length).toBeGreaterThan(5);
    for (const [format, ending] of [['Save as HTML…', 'html'], ['Save as Markdown…', 'md']] as const) {
      const path = join(stage().logs, `comparison.${ending}`);
      await answerSaveDialog(path);
      await press('Save');
      await item(format).waitForClickable();
      await item(format).click();
      await browser.waitUntil(() => { try { return statSync(path).size > 500; } catch { return false; } }, { timeoutMsg: 'Nothing was saved' });
      const text = readFileSync(path, 'utf8').replaceAll('\\', '');
      expect(text).toContain('was sent before');
      expect(text).not.toMatch(/Basic [A-Za-z0-9+/=]{16}|[\ue0f0\ue0f1]|<script/);
      for (const secret of secrets) expect(text.includes(secret)).toBe(false);
    }
  });

  /** Codes, verifiers, tokens and signatures of a run in the clear, as a person could reveal them one by one. */
  async function secretsOf(runId: string): Promise<string[]> {
    const { tokens, authorizations, callbacks } = await stateOf(runId);
    const texts = [...tokens.map(({ record }) => record.value), ...authorizations.map(({ codeVerifier }) => codeVerifier ?? ''), ...callbacks.flatMap(({ parameters }) => parameters.map(({ value: text }) => text))];
    const markers = texts.flatMap((text) => segmentsOf(text).flatMap((segment) => ('marker' in segment ? [segment.marker] : [])));
    return Promise.all(markers.map(async (marker) => (await value('secret.reveal', { runId, marker })).value));
  }

  it('several environments are run one after another, and then stand side by side', async () => {
    await press('Close the comparison');
    await secondEnvironment();
    await press('Environment files');
    await item('Run several and compare…').waitForClickable();
    await item('Run several and compare…').click();
    await press('Run 2');
    await signIn();
    await signIn();
    await region('Columns').waitForDisplayed({ timeout: 20_000 });
    const columns = await texts('[aria-label="Columns"] [role="listitem"]');
    expect(columns).toHaveLength(2);
    expect(columns.every((column) => column.includes('Succeeded'))).toBe(true);
    await expect(region('Comparison')).toHaveText(expect.stringMatching(/expires_in[\s\S]*clients that plan their refreshes by it/));
  });
});
