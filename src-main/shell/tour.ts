import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import type { RunEvent, RunState } from '../contract/index.ts';
import { foldRun } from '../contract/index.ts';
import { diagnose } from '../diagnosis/index.ts';
import { curlFor } from '../ipc/handlers/secret.ts';
import type { MaskedRuns } from '../ipc/index.ts';
import type { Services } from '../services.ts';
import { button, clickIn, waitFor } from './tour-hands.ts';

export interface TourParts { window: BrowserWindow; services: Services; runs: MaskedRuns }

const say = (line = ''): void => { process.stdout.write(`${line}\n`); };

/**
 * Plays the main job unattended in the real window: a whole flow against the practice provider in the tracing browser,
 * then the code redeemed a second time. Clicks the same buttons a person does. Ends the app: 0, or 1 with the step that failed.
 */
export async function playTour(parts: TourParts): Promise<void> {
  const folder = process.env['GRANTSCOPE_TOUR_FOLDER'] ?? mkdtempSync(join(tmpdir(), 'grantscope-tour-'));
  mkdirSync(folder, { recursive: true });
  try {
    await play(parts, folder);
    say(`\nScreenshots: ${folder}`);
    app.exit(0);
  } catch (error) {
    say(`\nThe tour stopped: ${error instanceof Error ? error.message : String(error)}`);
    await capture(parts.window, folder, 'stopped').catch(() => say('No picture could be taken.'));
    say(`Screenshots: ${folder}`);
    app.exit(1);
  }
}

async function play({ window, services, runs }: TourParts, folder: string): Promise<void> {
  say('Grantscope tour: the practice provider, one whole flow, one refused grant.\n');
  const page = window.webContents;
  await waitFor('the window', () => clickIn(page, button('Run options')));
  await waitFor('the choice of browser', () => clickIn(page, button('Run in tracing browser')));
  await waitFor('the sign-in page', () => signIn(window));
  const runId = await waitFor('the run', () => Promise.resolve(services.history.list()[0]?.id));
  await waitFor('the end of the flow', () => Promise.resolve(stateOf(services, runId)?.ended?.outcome === 'ok'), 60_000);
  await services.flows.whenIdle(runId);
  sayNewSteps(services, runId, 0);
  await capture(window, folder, 'finished-run');

  const before = stateOf(services, runId)?.next ?? 0;
  say('\nNow on purpose: the same authorization code once more.\n');
  await waitFor('the menu of failures', () => clickIn(page, button('Provoke a failure')));
  await waitFor('the failure to provoke', () => clickIn(page, button('Redeem the code again')));
  await waitFor('the refusal', () => Promise.resolve((stateOf(services, runId)?.refusals.length ?? 0) > 0));
  await services.flows.whenIdle(runId);
  sayNewSteps(services, runId, before);
  await sayRefusal(services, runs, runId);
  await capture(window, folder, 'refused-grant');
}

async function signIn(main: BrowserWindow): Promise<boolean> {
  const tracing = BrowserWindow.getAllWindows().find((candidate) => candidate !== main);
  return tracing !== undefined && clickIn(tracing.webContents, 'button[value="continue"], button[name="continue"], form button[type="submit"]');
}

function stateOf(services: Services, runId: string): RunState | null {
  const events = services.history.read(runId);
  return events.ok ? foldRun(events.value) : null;
}

function sayNewSteps(services: Services, runId: string, from: number): void {
  for (const step of stateOf(services, runId)?.steps ?? []) {
    if ((step.events[0]?.seq ?? 0) < from) continue;
    const took = step.endedMono === undefined ? '' : `${Math.round(step.endedMono - step.startedMono)} ms`;
    say(`  ${step.kind.padEnd(10)} ${(step.outcome ?? 'going on').padEnd(9)} ${took.padStart(7)}  ${step.events.map(exchangeLine).filter(Boolean).join('; ')}`);
  }
}

function exchangeLine(event: RunEvent): string {
  if (event.type !== 'exchange-recorded') return '';
  const { method, url, response } = event.exchange;
  return `${method} ${new URL(url).pathname} → ${response?.status ?? 'no answer'}`;
}

async function sayRefusal(services: Services, runs: MaskedRuns, runId: string): Promise<void> {
  const events = services.history.read(runId);
  const refusal = stateOf(services, runId)?.refusals.at(-1);
  if (!events.ok || !refusal) throw new Error('The refusal is not in the run.');
  say(`\nError: ${refusal.error.error ?? 'none'} (HTTP ${refusal.error.status})`);
  if (refusal.error.description) say(`The provider says: ${refusal.error.description}`);
  const diagnosis = diagnose(events.value);
  const [cause] = diagnosis?.causes ?? [];
  if (cause) say(`What it means: ${cause.title} (${cause.verdict}). ${cause.why}\nWhat to do: ${cause.fix}`);
  const curl = curlFor(services, runs, runId, refusal.exchangeId, false);
  if (!curl.ok) throw new Error(curl.problem.message);
  say(`\nThe same request as curl, secrets as variables:\n\n${curl.value.text}`);
}

async function capture(window: BrowserWindow, folder: string, name: string): Promise<void> {
  // One frame, so that what was clicked last is painted.
  await new Promise((painted) => setTimeout(painted, 400));
  const image = await window.webContents.capturePage();
  writeFileSync(join(folder, `${name}.png`), image.toPNG());
}
