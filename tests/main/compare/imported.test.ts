import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareSubjects } from '../../../src-main/compare/index.ts';
import type { CompareInput } from '../../../src-main/compare/index.ts';
import type { RunEvent } from '../../../src-main/contract/index.ts';
import { formParameters, messageParts } from '../../../src-main/contract/index.ts';
import { diagnose } from '../../../src-main/diagnosis/index.ts';
import { importText } from '../../../src-main/import/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';
import { SecretBook } from '../../../src-main/wire/secrets/index.ts';
import { startPractice } from '../../support/practice/index.ts';
import { JudgedRun } from '../../support/practice/judged-run.ts';

let practice: PracticeProvider;
beforeAll(async () => { practice = await startPractice({}); });
afterAll(() => practice.close());

function input(events: readonly RunEvent[]): CompareInput {
  const book = new SecretBook(new Uint8Array(32).fill(5));
  for (const event of events) book.learn(event);
  const [started] = events;
  return { kind: 'run', subject: { kind: 'run', runId: started?.type === 'run-started' ? started.runId : '' }, events: events.map((event) => book.maskEvent(event)), diagnosis: diagnose(events) };
}

/** The token exchange of a Run as another tool would have sent and stored it. */
function elsewhere(events: readonly RunEvent[], change: (parameters: Map<string, string>) => void): readonly RunEvent[] {
  const recorded = events.find((event) => event.type === 'exchange-recorded' && event.exchange.purpose === 'token');
  if (recorded?.type !== 'exchange-recorded' || !recorded.exchange.response) throw new Error('no token request');
  const { exchange } = recorded;
  const parameters = new Map(formParameters(messageParts(exchange.request).body).map(({ name, value }) => [name, value]));
  change(parameters);
  const url = new URL(exchange.url);
  const text = `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/x-www-form-urlencoded\r\nUser-Agent: PostmanRuntime/7.43.0\r\n\r\n${new URLSearchParams([...parameters]).toString()}\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${recorded.exchange.response?.body}`;
  const imported = importText(text, 'Other tool');
  if (!imported.ok) throw new Error(imported.problem.message);
  return imported.value.events;
}

it('“it works in the other tool”: an imported run that worked beside ours that was refused', async () => {
  const ours = new JudgedRun({ issuer: practice.info.issuer, clientId: practice.info.clients.confidential.id, authMethod: 'client_secret_basic', secret: practice.info.clients.confidential.secret });
  await ours.start();
  const theirs = elsewhere(ours.events, (parameters) => {
    parameters.set('client_id', practice.info.clients.confidential.id);
    parameters.set('client_secret', practice.info.clients.confidential.secret);
  });
  expect(await ours.act({ action: 'provoke', provocation: 'wrong-secret' })).toBeNull();
  const comparison = compareSubjects([input(theirs), input(ours.events)]);
  expect(comparison.columns.map(({ origin, outcome }) => [origin, outcome])).toEqual([['imported', 'succeeded'], ['live', 'refused']]);
  const step = comparison.steps.find(({ id }) => id === 'token:authorization_code');
  expect(step?.cells.every((cell) => cell !== null)).toBe(true);
  const texts = comparison.explanations.map(({ text }) => text);
  expect(texts.length, JSON.stringify(comparison.headline)).toBeGreaterThan(0);
  expect(comparison.explanations[0]?.rowId).toMatch(/client_secret|authorization$/);
  expect(comparison.explanations[0]?.cause?.id).toMatch(/client/);
});
