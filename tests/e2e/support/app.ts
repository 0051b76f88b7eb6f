import { $, $$, browser } from '@wdio/globals';
import type { Bridge, CommandInput, CommandName, CommandResult, RunState, RunSummary } from '../../../src-main/contract/index.ts';
import { foldRun } from '../../../src-main/contract/index.ts';

const quoted = (text: string): string => (text.includes("'") ? `"${text}"` : `'${text}'`);

/** A button, menu item or tab by the name a person reads or a screen reader says. */
export const button = (name: string) => $(`//*[self::button or @role='menuitem' or @role='tab' or @role='option'][@aria-label=${quoted(name)} or normalize-space(.)=${quoted(name)}]`);

/** The same, for items that carry an explanation below their name. */
export const item = (name: string) => $(`//*[self::button or @role='menuitem' or @role='option'][starts-with(normalize-space(.), ${quoted(name)})]`);

export const field = (label: string) => $(`//*[(self::input or self::select or self::textarea) and (@aria-label=${quoted(label)} or @id=//label[normalize-space(.)=${quoted(label)}]/@for)]`);

export const region = (name: string) => $(`[aria-label="${name}"]`);

export async function press(name: string): Promise<void> {
  const found = button(name);
  await found.waitForClickable();
  await found.click();
}

/** Sends a command as the window does. For reading state in tests; what a person does is clicked. */
export async function call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>> {
  const result = await browser.executeAsync((command: string, argument: unknown, done: (value: unknown) => void) => {
    const { grantscope } = window as unknown as { grantscope: Bridge };
    grantscope.call(command as CommandName, argument as never).then(done, (error: unknown) => done({ thrown: String(error) }));
  }, name, input);
  return result as CommandResult<N>;
}

export async function value<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Extract<CommandResult<N>, { ok: true }>['value']> {
  const result = await call(name, input);
  if (!result.ok) throw new Error(`${name}: ${result.problem.code} ${result.problem.message}`);
  return result.value as Extract<CommandResult<N>, { ok: true }>['value'];
}

export async function newestRun(): Promise<RunSummary> {
  const [run] = await value('run.list', {});
  if (!run) throw new Error('There is no run.');
  return run;
}

export async function stateOf(runId: string): Promise<RunState> {
  return foldRun((await value('run.open', { runId })).events);
}

/** Clicks Run and waits until the new run is there: what is asked of the newest run is then asked of that one. */
export async function startRun(): Promise<string> {
  const [before] = await value('run.list', {});
  await press('Run');
  let started = '';
  await browser.waitUntil(async () => {
    const [newest] = await value('run.list', {});
    started = newest?.id ?? '';
    return started !== '' && started !== before?.id;
  }, { timeoutMsg: 'No new run began' });
  return started;
}

/** Waits until the newest run has stopped working. */
export async function runAtRest(timeout = 30_000): Promise<RunSummary> {
  let run: RunSummary | undefined;
  await browser.waitUntil(async () => {
    [run] = await value('run.list', {});
    return run !== undefined && run.state !== 'running';
  }, { timeout, timeoutMsg: 'The run did not come to rest' });
  return run as RunSummary;
}

export async function texts(selector: string): Promise<string[]> {
  return $$(selector).map((element) => element.getText());
}
