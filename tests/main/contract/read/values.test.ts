import { afterAll, beforeAll, expect, it } from 'vitest';
import { foldRun, valuesOf } from '../../../../src-main/contract/index.ts';
import type { PracticeProvider } from '../../../../src-main/practice/index.ts';
import { SecretBook } from '../../../../src-main/wire/secrets/index.ts';
import { startPractice } from '../../../support/practice/index.ts';
import { JudgedRun } from '../../../support/practice/judged-run.ts';

let practice: PracticeProvider;
beforeAll(async () => { practice = await startPractice({}); });
afterAll(() => practice.close());

it('follows code, state, verifier, redirect URI and tokens through a real, masked run', async () => {
  const run = new JudgedRun({ issuer: practice.info.issuer, clientId: practice.info.clients.confidential.id, authMethod: 'client_secret_basic', secret: practice.info.clients.confidential.secret });
  await run.start();
  expect(await run.act({ action: 'refresh' })).toBeNull();
  const book = new SecretBook(new Uint8Array(32).fill(9));
  for (const event of run.events) book.learn(event);
  const masked = foldRun(run.events.map((event) => book.maskEvent(event)));
  const values = valuesOf(masked);
  const story = (name: string, nth = 0) => values.filter((value) => value.name === name)[nth]?.places.map(({ what }) => what);
  expect(story('state')).toEqual(['made', 'sent', 'sent back']);
  expect(story('code')).toEqual(['received', 'sent']);
  expect(story('code_verifier')).toEqual(['made', 'sent']);
  expect(story('code_challenge')).toEqual(['made', 'sent']);
  expect(story('redirect_uri')).toEqual(['made', 'sent', 'sent']);
  // Received with the code's tokens, sent to be refreshed.
  expect(story('refresh_token')).toEqual(['received', 'sent']);
  expect(story('refresh_token', 1)).toEqual(['received']);
  expect(story('access_token')).toEqual(['received', 'sent']);
  expect(values.find(({ name }) => name === 'code_challenge')?.related).toBe('code_verifier:0');
  for (const { places } of values) for (const { at } of places) if (at.kind === 'exchange') expect(masked.exchanges.has(at.id)).toBe(true);
  expect(JSON.stringify(values)).not.toContain(run.state.tokens.find(({ record }) => record.kind === 'refresh_token')?.record.value);
});
