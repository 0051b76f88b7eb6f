import { RealBrowser } from '../../support/browser/index.ts';
import { runAtRest, startRun } from './app.ts';
import { stage } from './stage.ts';

let browserOfPerson: RealBrowser | null = null;

/** The person at the machine: a real Chromium, opened when the app asks the system for its browser. */
export async function systemBrowser(): Promise<RealBrowser> {
  browserOfPerson ??= await RealBrowser.launch();
  return browserOfPerson;
}

/** Takes the URL the app has just opened and signs in there. Returns the URL. */
export async function signIn(): Promise<string> {
  const url = await stage().desktop.nextUrl();
  await (await systemBrowser()).signIn(url);
  return url;
}

/** Clicks Run, signs in, waits for the end. */
export async function runOnce(): Promise<string> {
  await startRun();
  await signIn();
  return (await runAtRest()).id;
}

export async function leave(): Promise<void> {
  await browserOfPerson?.close();
  browserOfPerson = null;
}
