import { randomBytes, randomUUID } from 'node:crypto';
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

/** A refused token request as another tool saves it. */
function harOf(code: string): string {
  const body = `grant_type=authorization_code&client_id=web&redirect_uri=http%3A%2F%2Flocalhost%3A1234%2Fcb&code=${code}`;
  const entry = {
    startedDateTime: '2026-03-01T10:00:00.000Z', time: 31,
    request: {
      method: 'POST', url: 'http://127.0.0.1:41777/token', httpVersion: 'HTTP/1.1', cookies: [], queryString: [], headersSize: -1, bodySize: body.length,
      headers: [{ name: 'content-type', value: 'application/x-www-form-urlencoded' }], postData: { mimeType: 'application/x-www-form-urlencoded', text: body },
    },
    response: {
      status: 400, statusText: 'Bad Request', httpVersion: 'HTTP/1.1', cookies: [], redirectURL: '', headersSize: -1, bodySize: -1,
      headers: [{ name: 'content-type', value: 'application/json' }], content: { size: 25, mimeType: 'application/json', text: '{"error":"invalid_grant"}' },
    },
    cache: {}, timings: { send: 1, wait: 29, receive: 1 },
  };
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'another tool', version: '1' }, entries: [entry] } });
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

  it('beside a refusal recorded by another tool, chosen from the run', async () => {
    const code = `CANARY-code-${randomBytes(24).toString('base64url')}`;
    const importId = randomUUID();
    const preview = await value('import.preview', { importId, text: harOf(code) });
    expect(preview.kind).toBe('har');
    await value('import.keep', { importId, title: 'The other tool', what: 'all' });
    await press('Close the comparison');
    await $('//*[@aria-label="Runs"]//button[@aria-current][not(contains(., "invalid_grant"))]').click();
    await press('More actions');
    await item('Compare with…').waitForClickable();
    await item('Compare with…').click();
    await $('//*[@role="dialog"]//h3[.="Imported runs"]/following-sibling::ul[1]//input').click();
    await $('//*[@role="dialog"]//button[normalize-space(.)="Compare"]').click();
    await region('Columns').waitForDisplayed();
    await browser.waitUntil(async () => (await texts('[aria-label="Columns"] [role="listitem"]')).some((column) => column.includes('Imported') && column.includes('invalid_grant')));
    expect(await region('Comparison').getText()).not.toContain(code);
    const explained = await texts('[aria-label="What can explain it"] li');
    expect(explained.length).toBeGreaterThan(0);
  });

  it('several environments are run one after another, and then stand side by side', async () => {
    await press('Close the comparison');
    await secondEnvironment();
    await press('Environment files');
    await item('Run several and compare…').waitForClickable();
    await item('Run several and compare…').click();
    await press('Run 2');
    await expect(region('Runs of the comparison')).toHaveText(expect.stringContaining('waits for its turn'));
    await signIn();
    // The second one is in the browser now: both stand side by side already.
    await region('Columns').waitForDisplayed({ timeout: 20_000 });
    const columns = (): Promise<string[]> => texts('[aria-label="Columns"] [role="listitem"]');
    await browser.waitUntil(async () => (await columns()).join().includes('Not finished'));
    await expect(region('Runs of the comparison')).toHaveText(expect.stringContaining('sign in there'));
    await signIn();
    await browser.waitUntil(async () => (await columns()).filter((column) => column.includes('Succeeded')).length === 2, { timeoutMsg: 'It does not fill while the runs go' });
    await expect(region('Runs of the comparison')).toHaveText(expect.stringContaining('2 ended'));
    await expect(region('Comparison')).toHaveText(expect.stringMatching(/expires_in[\s\S]*clients that plan their refreshes by it/));
  });
});
