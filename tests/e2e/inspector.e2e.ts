import { $, $$, browser, expect } from '@wdio/globals';
import { press, region, runAtRest, stateOf } from './support/app.ts';
import { leave, runOnce } from './support/person.ts';

const clipboard = (): Promise<string> => browser.electron.execute((electron) => electron.clipboard.readText()) as Promise<string>;
const inspector = () => region('Inspector');
const mode = (value: 'pretty' | 'raw') => browser.execute((wanted: string) => document.querySelector<HTMLElement>(`[aria-label="Inspector"] input[value="${wanted}"]`)?.click(), value);

/** Clicks the nth arrow of the sequence whose name holds a text. */
async function arrow(name: string, index = 0): Promise<void> {
  const found = await $$(`//*[@aria-label="Sequence"]//button[contains(@aria-label, "${name}")]`);
  await (found[index] as unknown as WebdriverIO.Element).click();
}

async function copies(selector: string, wanted: RegExp): Promise<void> {
  await $(selector).scrollIntoView({ block: 'center' });
  await $(selector).click();
  await browser.waitUntil(async () => wanted.test(await clipboard()), { timeoutMsg: `The clipboard does not hold ${String(wanted)}` });
}

describe('the inspector on a real flow', () => {
  let runId = '';
  after(leave);
  before(async () => {
    runId = await runOnce();
    await press('Refresh');
    await browser.waitUntil(async () => (await stateOf(runId)).steps.some(({ kind, outcome }) => kind === 'refresh' && outcome === 'ok'), { timeoutMsg: 'No refresh succeeded' });
    await runAtRest();
  });

  it('pretty: the form decoded and as sent, each header and parameter explained', async () => {
    await arrow('/token');
    await press('Request');
    const form = region('Form parameters');
    await expect(form).toHaveText(expect.stringContaining('authorization_code'));
    await expect(form).toHaveText(expect.stringMatching(/http%3A%2F%2F127\.0\.0\.1%3A\d+/));
    const host = $('[aria-label="Headers"] tr:first-child th button');
    expect((await host.getText()).toLowerCase()).toBe('host');
    await host.moveTo();
    await expect($('.tip')).toHaveText(expect.stringContaining('RFC 9110 §7.2'));
    await host.click();
    await expect(inspector()).toHaveText(expect.stringContaining('RFC 9110 §7.2'));
  });

  it('raw: exactly the bytes that were sent and came back, also after a restart of the view', async () => {
    await mode('raw');
    const [recorded] = [...(await stateOf(runId)).exchanges.values()].filter(({ exchange }) => exchange.purpose === 'token');
    const head = recorded?.exchange.request.split('\r\n\r\n')[0] ?? '';
    for (const line of head.split('\r\n').filter((one) => !one.includes('\ue0f0'))) await expect(inspector()).toHaveText(expect.stringContaining(`${line}↵`));
    await press('Response');
    await expect(inspector()).toHaveText(expect.stringContaining('HTTP/1.1 200 OK↵'));
    await browser.refresh();
    await $('[aria-label="Runs"] button[aria-current]').click();
    await arrow('/token');
    await press('Response');
    await expect(inspector()).toHaveText(expect.stringContaining('HTTP/1.1 200 OK↵'));
    await mode('pretty');
  });

  it('the ID token in the answer: claims explained, times in words, its signature found good', async () => {
    const claims = region('Claims of id_token');
    await claims.waitForExist();
    await expect(claims).toHaveText(expect.stringContaining('RFC 7519 §4.1.4'));
    await expect(claims).toHaveText(expect.stringMatching(/UTC[+−]\d\d:\d\d/));
    await expect(inspector()).toHaveText(expect.stringMatching(/Signature\s+Good/));
  });

  it('what is copied is masked until it is revealed', async () => {
    await press('Request');
    const row = '//*[@aria-label="Form parameters"]//tr[.//*[normalize-space(.)="code_verifier"]]';
    await copies(`${row}//button[@aria-label="Copy decoded value"]`, /^\[code verifier, \d+ characters\]$/);
    await $(`${row}//button[starts-with(@aria-label, "Reveal")]`).click();
    await $(`${row}//button[starts-with(@aria-label, "Hide")]`).waitForExist();
    await copies(`${row}//button[@aria-label="Copy decoded value"]`, /^[\w~.-]{43,128}$/);
    await $(`${row}//button[starts-with(@aria-label, "Hide")]`).click();
  });

  it('finds what is looked for in request and response, and counts it', async () => {
    await browser.keys(['Control', 'f']);
    const bar = $('[role="search"]');
    await bar.waitForDisplayed();
    await browser.keys([...'redirect_uri']);
    await expect(bar.$('[role="status"]')).toHaveText(expect.stringMatching(/^1 of \d+$/));
    await browser.keys(['Escape']);
    await bar.waitForExist({ reverse: true });
  });

  it('the refresh beside the redemption: the grant differs, new tokens are expected to', async () => {
    await arrow('/token', 1);
    await press('Diff');
    await expect(inspector()).toHaveText(expect.stringContaining('grant_type'));
    await expect(inspector()).toHaveText(expect.stringMatching(/access_token\s*new each time/));
  });
});
