import { $, $$, browser, expect } from '@wdio/globals';
import { Key } from 'webdriverio';
import { region, runAtRest, stateOf, value } from './support/app.ts';
import { leave, signIn } from './support/person.ts';

const dialog = (name: string) => $(`//*[@role='dialog'][@aria-label="${name}" or .//h2[normalize-space(.)="${name}"]]`);
const chosen = () => $('[role="option"][data-selected]');

async function choose(text: string, wanted: string): Promise<void> {
  await browser.keys([...text]);
  await browser.waitUntil(async () => (await chosen().isExisting()) && (await chosen().getText()).includes(wanted), { timeoutMsg: `${wanted} was not offered first` });
  await browser.keys(Key.Enter);
}

async function palette(): Promise<void> {
  await browser.keys([Key.Ctrl, 'k']);
  await dialog('Command palette').waitForDisplayed();
}

describe('habits, by the keyboard alone', () => {
  after(leave);
  let runId = '';

  it('the palette runs the practice flow, and provokes a refusal in a second step', async () => {
    await region('Environments').waitForDisplayed();
    await palette();
    await choose('run', 'Run');
    await signIn();
    runId = (await runAtRest()).id;
    await expect($('[aria-label="First steps"]')).toHaveText(expect.stringContaining('Now break it'));
    await palette();
    await choose('provoke', 'Provoke a failure');
    await dialog('Provoke a failure').waitForDisplayed();
    await choose('again', 'Redeem the code again');
    await browser.waitUntil(async () => (await stateOf(runId)).refusals.length === 1, { timeoutMsg: 'Nothing was refused' });
    await runAtRest();
    await expect($('[aria-label="First steps"]')).toHaveText(expect.stringContaining('Refused, and kept'));
  });

  it('deletes the run and brings it back', async () => {
    await browser.keys([Key.Ctrl, Key.Backspace]);
    await browser.waitUntil(async () => (await value('run.list', {})).length === 0, { timeoutMsg: 'The run was not deleted' });
    await browser.keys([Key.Ctrl, 'z']);
    await browser.waitUntil(async () => (await value('run.list', {})).length === 1, { timeoutMsg: 'The run did not come back' });
    await region('Sequence').waitForDisplayed();
  });

  it('finds a text in what was recorded, with its secrets masked, and opens the request', async () => {
    await browser.keys([Key.Ctrl, Key.Shift, 'f']);
    await dialog('Find in all runs').waitForDisplayed();
    await browser.keys([...'invalid_grant']);
    await $('[aria-label="Found"] li button').waitForDisplayed();
    expect(await $('[aria-label="Found"] mark').getText()).toBe('invalid_grant');
    await $$('[aria-label="Found"] li button')[0]?.click();
    await expect(region('Inspector')).toHaveText(expect.stringContaining('invalid_grant'));
    await dialog('Find in all runs').waitForExist({ reverse: true });
  });

  it('shows its shortcuts, and the native menu has the same', async () => {
    await browser.keys('?');
    await dialog('Keyboard shortcuts').waitForDisplayed();
    await expect(dialog('Keyboard shortcuts')).toHaveText(expect.stringContaining('Find in all runs'));
    await browser.keys(Key.Escape);
    await dialog('Keyboard shortcuts').waitForExist({ reverse: true });
    const accelerator = await browser.electron.execute((electron) => electron.Menu.getApplicationMenu()?.getMenuItemById('find.open')?.accelerator);
    expect(accelerator).toBe('CmdOrCtrl+Shift+F');
    await browser.electron.execute((electron) => electron.Menu.getApplicationMenu()?.getMenuItemById('help.shortcuts')?.click());
    await dialog('Keyboard shortcuts').waitForDisplayed();
    await browser.keys(Key.Escape);
  });
});
