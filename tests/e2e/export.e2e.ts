import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { $, browser, expect } from '@wdio/globals';
import { segmentsOf } from '../../src-main/contract/index.ts';
import { looksOf } from '../main/export/support/canary-run.ts';
import { harSchema } from '../main/export/support/har-schema.ts';
import { button, item, press, region, runAtRest, stateOf, texts, value } from './support/app.ts';
import { leave, runOnce } from './support/person.ts';
import { stage } from './support/stage.ts';

const dialog = () => $('[role="dialog"]');
const format = (label: string) => $(`//*[@role="dialog"]//*[@role="radiogroup"]//label[normalize-space(.)="${label}"]`);
const clipboardText = () => browser.electron.execute((electron) => electron.clipboard.readText());
const saved = (name: string): string => join(stage().logs, name);

/** The system's file dialogs belong to the desktop and not to us: their answer is given, everything after it is real. */
async function answerDialogs(path: string): Promise<void> {
  await browser.electron.execute((electron, chosen) => {
    electron.dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen as string });
    electron.dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen as string] });
  }, path);
}

async function chooseFromMenu(label: string): Promise<void> {
  await browser.electron.execute((electron, wanted) => {
    const file = electron.Menu.getApplicationMenu()?.items.find((one) => one.label === 'File');
    file?.submenu?.items.find((one) => one.label === wanted)?.click();
  }, label);
}

async function closeDialog(): Promise<void> {
  await browser.keys('Escape');
  await dialog().waitForExist({ reverse: true });
}

/** Codes, verifiers, tokens and signatures of a run in the clear, as a person could reveal them one by one. */
async function secretsOf(runId: string): Promise<string[]> {
  const { tokens, authorizations, callbacks } = await stateOf(runId);
  const masked = [...tokens.map(({ record }) => record.value), ...authorizations.map(({ codeVerifier }) => codeVerifier ?? ''), ...callbacks.flatMap(({ parameters }) => parameters.map(({ value: text }) => text))];
  const markers = masked.flatMap((text) => segmentsOf(text).flatMap((segment) => ('marker' in segment ? [segment.marker] : [])));
  return Promise.all(markers.map(async (marker) => (await value('secret.reveal', { runId, marker })).value));
}

describe('out of the app', () => {

  let [runId, secrets] = ['', [] as string[]];
  after(leave);

  it('the export of a refused exchange opens from its bar, and shows what leaves', async () => {
    runId = await runOnce();
    await press('Provoke a failure');
    await item('Redeem the code again').waitForClickable();
    await item('Redeem the code again').click();
    await browser.waitUntil(async () => (await stateOf(runId)).refusals.length === 1);
    await runAtRest();
    secrets = await secretsOf(runId);
    expect(secrets.length).toBeGreaterThan(4);
    await press('More ways to copy');
    await item('Export…').waitForClickable();
    await item('Export…').click();
    await expect(region('What leaves')).toHaveText(expect.stringMatching(/curl[\s\S]*\$\{?CODE/));
    await expect(region('Preview')).toHaveText(expect.stringContaining('Sending it again'));
  });

  it('attack 55: every format is shown without a secret', async () => {
    const labels = await texts('[role="dialog"] [role="radiogroup"] label');
    expect(labels.length).toBeGreaterThan(14);
    let before = '';
    for (const label of labels) {
      await format(label).click();
      await browser.waitUntil(async () => {
        const now = await region('Preview').getText();
        const settled = now !== before && await region('Preview').getAttribute('aria-busy') === 'false';
        if (settled) before = now;
        return settled;
      }, { timeoutMsg: `${label} shows nothing of its own` });
      for (const secret of secrets) for (const look of looksOf(secret)) expect([label, before.includes(look)]).toEqual([label, false]);
    }
    await closeDialog();
  });

  it('attack 55: what is saved from the menu holds no secret in any form, and the HAR fits its schema', async () => {
    for (const [label, name] of [['HAR 1.2', 'run.har'], ['Postman collection v2.1', 'run.postman.json'], ['Report, Markdown', 'run.md'], ['Report, HTML', 'run.html']] as const) {
      await answerDialogs(saved(name));
      await chooseFromMenu('Export this run…');
      await dialog().waitForExist();
      // The last one of the name: a HAR of the whole run stands below that of the exchange.
      await $(`(//*[@role="dialog"]//*[@role="radiogroup"]//label[normalize-space(.)="${label}"])[last()]`).click();
      await button('Save…').waitForClickable();
      await press('Save…');
      await dialog().waitForExist({ reverse: true });
      const text = readFileSync(saved(name), 'utf8');
      // Markdown escapes the underscore.
      expect(text.replaceAll('\\_', '_')).toContain('invalid_grant');
      for (const secret of secrets) for (const look of looksOf(secret)) expect([name, text.includes(look)]).toEqual([name, false]);
    }
    expect(harSchema.safeParse(JSON.parse(readFileSync(saved('run.har'), 'utf8'))).error?.issues ?? []).toEqual([]);
  });

  it('with secrets is an act of its own: not shown, a file that its owner alone can read, a clipboard', async () => {
    await answerDialogs(saved('secret.har'));
    await chooseFromMenu('Export this run…');
    await $('(//*[@role="dialog"]//*[@role="radiogroup"]//label[normalize-space(.)="HAR 1.2"])[last()]').click();
    await press('With secrets…');
    await expect(dialog()).toHaveText(expect.stringContaining('Whoever sees it can use them.'));
    await press('Save with secrets…');
    await dialog().waitForExist({ reverse: true });
    const text = readFileSync(saved('secret.har'), 'utf8');
    expect(secrets.some((secret) => text.includes(secret))).toBe(true);
    expect(statSync(saved('secret.har')).mode & 0o777).toBe(0o600);

    await chooseFromMenu('Export this run…');
    await press('With secrets…');
    await press('Keep masked');
    await press('Copy');
    await browser.waitUntil(async () => (await clipboardText()).includes('{{'), { timeoutMsg: 'Nothing masked was copied' });
    await press('With secrets…');
    await press('Copy with secrets');
    await browser.waitUntil(async () => !(await clipboardText()).includes('{{'), { timeoutMsg: 'Nothing was copied with secrets' });
    await closeDialog();
  });
});

describe('environments as a file', () => {
  it('one is written without a secret, and read back with what would change', async () => {
    const [first] = await value('environment.list', {});
    if (!first) throw new Error('There is no environment.');
    await answerDialogs(saved('practice.grantscope.json'));
    await press('Environment files');
    await item('Save this environment to a file…').waitForClickable();
    await item('Save this environment to a file…').click();
    await browser.waitUntil(() => { try { return statSync(saved('practice.grantscope.json')).size > 100; } catch { return false; } }, { timeoutMsg: 'Nothing was saved' });
    expect(JSON.parse(readFileSync(saved('practice.grantscope.json'), 'utf8'))).toMatchObject({ format: 'grantscope-environment', name: first.config.name });
    await value('environment.save', { config: { ...first.config, scope: 'openid email' }, secret: { action: 'keep' } });
    await press('Environment files');
    await item('Open environments from a file…').waitForClickable();
    await item('Open environments from a file…').click();
    await expect(dialog()).toHaveText(expect.stringMatching(/differs[\s\S]*scope[\s\S]*openid email/));
    expect((await value('environment.list', {}))[0]?.config.scope).toBe('openid email');
    await expect(button('Nothing chosen')).toBeDisabled();
    await $('[role="dialog"] select').selectByAttribute('value', 'replace');
    await press('Take 1');
    await dialog().waitForExist({ reverse: true });
    expect((await value('environment.list', {})).map(({ config }) => config.scope)).toEqual([first.config.scope]);
  });
});
